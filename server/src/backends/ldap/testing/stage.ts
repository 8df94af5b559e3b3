import { randomBytes } from 'node:crypto';
import type { Client } from 'ldapts';
import { aCustomerUserBlock } from '../../../../testing/blocks.js';
import { rdn, suffix, type TestDirectory } from '../../../../testing/slapd.js';
import { systemClock, type Clock } from '../../../kernel/clock.js';
import type { Connection } from '../../../platform/persistence/database.js';
import type { Backend } from '../../backend.js';
import type { OpenedBackend } from '../../backend-driver.js';
import type { Person } from '../../testing/backend-contract.js';
import { ldapDriver } from '../ldap.driver.js';

/** Reaching for it is a mistake: a directory needs no database. */
const noDatabase = {} as Connection;

export const directoryMap = [
  ['UserFirstname', 'Firstname', 'givenname', 1, 1, 'var', '', 1],
  ['UserLastname', 'Lastname', 'SN', 1, 1, 'var', '', 1],
  ['UserLogin', 'Username', 'uid', 1, 1, 'var', '', 1],
  ['UserEmail', 'Email', 'mail', 1, 1, 'var', '', 1],
  ['UserCustomerID', 'CustomerID', 'departmentnumber', 0, 1, 'var', '', 1],
  ['UserCustomerIDs', 'CustomerIDs', 'businesscategory', 0, 0, 'var', '', 1],
  ['UserPhone', 'Phone', 'roomnumber', 1, 0, 'var', '', 1],
];

export interface StageChanges {
  readonly block?: Readonly<Record<string, unknown>>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly clock?: Clock;
}

/** The block of a directory as operators write it, with changes. */
export function aDirectoryBlock(port: number, { block = {}, params = {} }: StageChanges = {}) {
  return aCustomerUserBlock({
    Name: 'Directory',
    Module: 'Kernel::System::CustomerUser::LDAP',
    CustomerKey: 'uid',
    CustomerID: 'departmentNumber',
    CustomerValid: undefined,
    CustomerUserListFields: undefined,
    CustomerUserSearchFields: ['uid', 'givenName', 'sn', 'departmentNumber', 'roomNumber'],
    CustomerUserPostMasterSearchFields: ['mail'],
    CustomerUserNameFields: ['givenname', 'sn'],
    CustomerUserEmailUniqCheck: 0,
    CustomerCompanySupport: 0,
    Map: directoryMap,
    ...block,
    Params: { Host: `127.0.0.1:${port}`, BaseDN: suffix, SSCOPE: 'sub', ...params },
  });
}

/** Opened whatever the directory says; `failure` is what it said. */
export function openDirectory(port: number, changes: StageChanges = {}): Promise<OpenedBackend> {
  const context = { mainConnection: noDatabase, clock: changes.clock ?? systemClock, secretKey: 'k'.repeat(32), dynamicFields: [] };
  return ldapDriver.open(aDirectoryBlock(port, changes), context);
}

/** An organisation of its own with these people, and the backend of a block about it. */
export async function stageDirectory(directory: TestDirectory, people: readonly Person[], changes: StageChanges = {}): Promise<Backend> {
  const base = `ou=${randomBytes(5).toString('hex')},${suffix}`;
  const client = await directory.client();
  await client.add(base, { objectClass: 'organizationalUnit' });
  for (const person of people) await addPerson(client, base, person);
  await client.unbind();
  const { backend, failure } = await openDirectory(directory.port, { ...changes, params: { BaseDN: base, ...changes.params } });
  if (failure) throw failure;
  return backend;
}

export async function addPerson(client: Client, base: string, person: Person, more: Record<string, string | string[]> = {}): Promise<void> {
  await client.add(`${rdn('uid', person.login)},${base}`, {
    objectClass: 'inetOrgPerson',
    uid: person.login,
    cn: person.login,
    sn: person.lastName ?? 'L',
    givenName: person.firstName ?? 'F',
    mail: person.email ?? 'nobody@mail.test',
    departmentNumber: person.customerId ?? 'C',
    employeeType: person.isInvalid ? 'left' : 'active',
    ...(person.phone ? { roomNumber: person.phone } : {}),
    ...more,
  });
}
