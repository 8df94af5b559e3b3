import { startSlapd, suffix, type TestDirectory } from '../../../testing/slapd.js';
import type { Backend } from '../backend.js';
import { reasonOf } from '../backend-health.js';
import { found, must, patience } from '../testing/stage.js';
import { startProxy, type Proxy } from './testing/proxy.js';
import { addPerson, openDirectory, type StageChanges } from './testing/stage.js';

/** Attributes of Active Directory that an operator's filters speak of; slapd knows its rule for bits. */
const schema = [
  "attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )",
  "objectclass ( 1.2.840.113556.1.5.9 NAME 'windowsAccount' SUP top AUXILIARY MAY userAccountControl )",
];

describe('A directory that refers to other servers', () => {
  let directory: TestDirectory;
  /** Leads back to the directory itself: whoever follows goes round and round. */
  let elsewhere: Proxy;
  const opened: Backend[] = [];

  beforeAll(async () => {
    directory = await startSlapd({ schema });
    elsewhere = await startProxy(directory.port);
    const client = await directory.client();
    await client.add(`ou=people,${suffix}`, { objectClass: 'organizationalUnit' });
    for (const login of ['anna', 'bert', 'carl']) await addPerson(client, `ou=people,${suffix}`, { login });
    const refer = (ou: string, ref: string) => client.add(`ou=${ou},ou=people,${suffix}`, { objectClass: ['referral', 'extensibleObject'], ou, ref });
    await refer('round', `ldap://127.0.0.1:${elsewhere.port}/ou=people,${suffix}??sub`);
    await refer('inside', `ldap://169.254.169.254/ou=people,${suffix}??sub`);
    await refer('itself', `ldap://127.0.0.1:${elsewhere.port}/ou=itself,ou=people,${suffix}??sub`);
    await client.unbind();
  });

  afterAll(async () => {
    await Promise.all(opened.map((backend) => backend.close()));
    await elsewhere.close();
    await directory.stop();
  });

  async function open(changes: StageChanges = {}) {
    const answer = await openDirectory(directory.port, changes);
    opened.push(answer.backend);
    return answer;
  }

  it('answers with its own people, and nobody follows, neither in a loop nor to an inside address (faults 11 and 12)', async () => {
    const { backend, failure } = await open({ params: { BaseDN: `ou=people,${suffix}` } });

    expect(failure).toBeNull();
    expect(await found(backend, '')).toEqual(['anna', 'bert', 'carl']);
    expect((await must(backend, 'bert')).key).toBe('bert');
    expect(await backend.find('nobody', patience())).toBeNull();
    expect(elsewhere.opened).toBe(0);
  });

  it.each(['round', 'inside', 'itself'])('is said not to be followed where BaseDN itself is such a place: %s (faults 11 and 12)', async (ou) => {
    const { failure } = await open({ params: { BaseDN: `ou=${ou},ou=people,${suffix}` } });

    expect(reasonOf(failure)).toBe('the directory refers to another server, which is not followed (10)');
    expect(elsewhere.opened).toBe(0);
  });

  it('tells by one bit who is disabled: 514 and 66050 are, 512 and 66048 are not (fault 20)', async () => {
    const base = `ou=windows,${suffix}`;
    const client = await directory.client();
    await client.add(base, { objectClass: 'organizationalUnit' });
    for (const value of ['512', '514', '66048', '66050']) {
      await addPerson(client, base, { login: `account${value}` }, { objectClass: ['inetOrgPerson', 'windowsAccount'], userAccountControl: value });
    }
    await client.unbind();
    const { backend } = await open({ params: { BaseDN: base }, block: { CustomerUserValidFilter: '(!(userAccountControl:1.2.840.113556.1.4.803:=2))' } });

    expect(await found(backend, { validity: 'valid' })).toEqual(['account512', 'account66048']);
    expect(await found(backend, { validity: 'invalid' })).toEqual(['account514', 'account66050']);
    expect(await must(backend, 'account66050')).toMatchObject({ validity: 'invalid' });
  });
});
