import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Attribute, Change, type Client } from 'ldapts';
import { stringify } from 'yaml';
import { defaultCustomerCompanyBlock, defaultCustomerUserBlock } from '../../server/src/configuration/default-blocks.js';
import { service, suffix, type TestDirectory } from '../../server/testing/slapd.js';

export const staff = 'Staff LDAP';
export const people = `ou=staff,${suffix}`;

/** The helpdesk's own tables first, then the directory, as an operator writes it down. */
export async function writeConfiguration(folder: string, directory: TestDirectory, params: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const file = join(folder, 'clientele.yaml');
  await writeFile(file, stringify({
    CustomerUser: { ...defaultCustomerUserBlock, Name: 'Database' },
    CustomerUser1: {
      Name: staff,
      Module: 'Kernel::System::CustomerUser::LDAP',
      Params: { Host: `127.0.0.1:${directory.port}`, BaseDN: people, SSCOPE: 'sub', UserDN: service.dn, UserPw: service.password, ...params },
      CustomerKey: 'uid',
      CustomerID: 'departmentNumber',
      CustomerUserSearchFields: ['uid', 'givenName', 'sn', 'mail'],
      CustomerUserPostMasterSearchFields: ['mail'],
      CustomerUserNameFields: ['givenname', 'sn'],
      Map: [
        ['UserFirstname', 'Firstname', 'givenname', 1, 1, 'var', '', 1],
        ['UserLastname', 'Lastname', 'sn', 1, 1, 'var', '', 1],
        ['UserLogin', 'Username', 'uid', 1, 1, 'var', '', 1],
        ['UserEmail', 'Email', 'mail', 1, 1, 'var', '', 1],
        ['UserCustomerID', 'CustomerID', 'departmentnumber', 0, 1, 'var', '', 1],
        ['UserPhone', 'Phone', 'telephonenumber', 1, 0, 'var', '', 1],
      ],
    },
    CustomerCompany: { ...defaultCustomerCompanyBlock, Name: 'Database' },
    Settings: { 'Customer::AuthModule::DB::bcryptCost': 9 },
  }));
  return file;
}

export interface StaffMember {
  readonly login: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly more?: Readonly<Record<string, string | string[]>>;
}

/** An organisation of its own, still empty. */
export async function makeStaff(directory: TestDirectory): Promise<void> {
  const client = await directory.client();
  await client.add(people, { objectClass: 'organizationalUnit' });
  await client.unbind();
}

export async function addStaff(directory: TestDirectory, members: readonly StaffMember[]): Promise<void> {
  const client = await directory.client();
  for (const member of members) await addMember(client, member);
  await client.unbind();
}

async function addMember(client: Client, { login, firstName, lastName, more }: StaffMember): Promise<void> {
  await client.add(`uid=${login},${people}`, {
    objectClass: 'inetOrgPerson',
    uid: login,
    cn: `${firstName} ${lastName}`,
    sn: lastName,
    givenName: firstName,
    mail: `${login}@staff.example`,
    departmentNumber: 'ACME',
    telephoneNumber: '+49 30 1234',
    ...more,
  });
}

/** The account that the configuration names can then no longer sign in; who is signed in stays. */
export async function setServicePassword(directory: TestDirectory, password: string): Promise<void> {
  const client = await directory.client();
  await client.modify(service.dn, new Change({ operation: 'replace', modification: new Attribute({ type: 'userPassword', values: [password] }) }));
  await client.unbind();
}
