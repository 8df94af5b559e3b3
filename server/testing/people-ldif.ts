import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { makeCompanies, makePeople, type Person } from './people.js';
import { rdn, suffix } from './slapd.js';

export const peopleDn = `ou=people,${suffix}`;

/** Writes a directory of generated people for `slapadd`; the same seed gives the same people as in a database. */
export async function writePeopleLdif(path: string, { people, customers, seed = 1 }: { people: number; customers: number; seed?: number }): Promise<readonly Person[]> {
  const made = makePeople(people, makeCompanies(customers, seed), seed);
  const file = createWriteStream(path);
  file.write(entry(suffix, [['objectClass', 'dcObject'], ['objectClass', 'organization'], ['dc', 'example'], ['o', 'Example']]));
  file.write(entry(peopleDn, [['objectClass', 'organizationalUnit'], ['ou', 'people']]));
  for (const person of made) {
    if (!file.write(personEntry(person))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return made;
}

function personEntry({ login, firstName, lastName, email, customerId, phone, room, validId }: Person): string {
  return entry(`${rdn('uid', login)},${peopleDn}`, [
    ['objectClass', 'inetOrgPerson'],
    ['uid', login],
    ['cn', `${firstName} ${lastName}`],
    ['givenName', firstName],
    ['sn', lastName],
    ['mail', email],
    ['departmentNumber', customerId],
    ['telephoneNumber', phone],
    ['roomNumber', room],
    ['employeeType', validId === 1 ? 'active' : 'left'],
  ]);
}

/** Values in base64 (RFC 2849): no character needs a rule of its own. */
function entry(dn: string, values: readonly (readonly [attribute: string, value: string])[]): string {
  const lines = [['dn', dn] as const, ...values].map(([attribute, value]) => `${attribute}:: ${Buffer.from(value).toString('base64')}\n`);
  return `${lines.join('')}\n`;
}
