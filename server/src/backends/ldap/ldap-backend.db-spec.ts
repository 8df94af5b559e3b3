import { admin, exampleDirectory, service, startSlapd, suffix, type TestDirectory } from '../../../testing/slapd.js';
import type { Backend } from '../backend.js';
import { found, must, patience, queryOf } from '../testing/stage.js';
import { addPerson, openDirectory, type StageChanges } from './testing/stage.js';

const groupDn = `cn=helpdesk-customers,ou=groups,${suffix}`;

describe('The people of a directory', () => {
  let directory: TestDirectory;
  const opened: Backend[] = [];

  beforeAll(async () => {
    directory = await startSlapd({ ldif: exampleDirectory });
    const client = await directory.client();
    await client.add(`ou=odd,${suffix}`, { objectClass: 'organizationalUnit' });
    await client.add(`ou=other,ou=odd,${suffix}`, { objectClass: 'organizationalUnit' });
    await addPerson(client, `ou=odd,${suffix}`, { login: 'a.twin', lastName: 'Odd' });
    await addPerson(client, `ou=other,ou=odd,${suffix}`, { login: 'A.TWIN', lastName: 'Odd' });
    await addPerson(client, `ou=odd,${suffix}`, { login: 'photo', lastName: 'Odd', customerId: 'C1' }, { jpegPhoto: '\u0001', businessCategory: ['C2', 'C3;C4'] });
    await client.add(`cn=no login,ou=odd,${suffix}`, { objectClass: 'inetOrgPerson', cn: 'no login', sn: 'Odd' });
    await client.unbind();
  });

  afterAll(async () => {
    await Promise.all(opened.map((backend) => backend.close()));
    await directory.stop();
  });

  async function open(changes: StageChanges = {}): Promise<Backend> {
    const { backend, failure } = await openDirectory(directory.port, changes);
    if (failure) throw failure;
    opened.push(backend);
    return backend;
  }

  it('are never written, and have no password here (TL11)', async () => {
    const backend = await open();

    expect([backend.writer, backend.passwords]).toEqual([null, null]);
  });

  it.each(["o'neil", 'a(b)c', 'star*', 'back\\slash', 'comma,plus+', '#hash', 'UPPER.Case', 'емил', '山田太郎', 'layla', 'emoji', 'html', 'csv'])(
    'are found by an awkward login: %s (faults 24 and 25)',
    async (login) => {
      expect((await must(await open(), login)).key).toBe(login);
    },
  );

  it.each(['star', 'star*x', '*', 'a(b', 'back', 'cn=admin,dc=example,dc=net', '*)(uid=*'])('are not found by what is no login: %s', async (login) => {
    expect(await (await open()).find(login, patience())).toBeNull();
  });

  it('have the first of several addresses (TL10; fault 18), and are found by any of them', async () => {
    const backend = await open();

    expect((await must(backend, 'multi.mail')).values).toMatchObject({ UserEmail: 'first@example.net' });
    expect(await found(backend, { email: 'SECOND@example.net' })).toEqual(['multi.mail']);
    expect(await found(backend, { email: 's*@example.net' })).toEqual([]);
  });

  it('have empty values where the directory has none (fault 18), and all further customers in one value', async () => {
    const backend = await open();

    expect((await must(backend, 'no.mail')).values).toMatchObject({ UserEmail: '', UserFirstname: 'No' });
    expect((await must(backend, 'no.customer')).values).toMatchObject({ UserCustomerID: '' });
    expect((await must(backend, 'photo')).values).toMatchObject({ UserCustomerIDs: 'C2;C3;C4' });
  });

  it('are asked for in the configured scope', async () => {
    expect(await found(await open({ params: { BaseDN: `ou=odd,${suffix}`, SSCOPE: 'one' } }), '*')).toEqual(['a.twin', 'photo']);
    expect(await found(await open({ params: { BaseDN: `uid=photo,ou=odd,${suffix}`, SSCOPE: 'base' } }), '*')).toEqual(['photo']);
  });

  it('are always those of AlwaysFilter', async () => {
    const backend = await open({ params: { AlwaysFilter: '(&\n (sn=Odd)\n (businessCategory=C2)\n)' } });

    expect(await found(backend, '*')).toEqual(['photo']);
    expect(await backend.find('layla', patience())).toBeNull();
  });

  it('are valid by CustomerUserValidFilter: who is not is found as invalid, in searches (TL6, ours) and lookups (TL7)', async () => {
    const backend = await open({ block: { CustomerUserValidFilter: '(employeeType=active)' } });

    const [valid, invalid, all] = await Promise.all((['valid', 'invalid', 'all'] as const).map((validity) => found(backend, { text: '*', validity })));

    expect(invalid).toContain('quentin.fischer0');
    expect(valid).not.toContain('quentin.fischer0');
    expect([...(valid ?? []), ...(invalid ?? [])].sort()).toEqual([...(all ?? [])].sort());
    expect(await must(backend, 'quentin.fischer0')).toMatchObject({ validity: 'invalid' });
    expect(await must(backend, 'katarzyna.conti1')).toMatchObject({ validity: 'valid' });
  });

  it('are those of the group, in searches and in lookups (TL12, ours)', async () => {
    const backend = await open({ params: { GroupDN: groupDn } });

    expect(await found(backend, 'layla')).toEqual([]);
    expect(await backend.find('layla', patience())).toBeNull();
    expect((await must(backend, 'hugo.nowak4')).key).toBe('hugo.nowak4');
    expect((await found(backend, '*')).length).toBeGreaterThan(30);
  });

  it('are not used where two have one login (fault 15)', async () => {
    const backend = await open({ params: { BaseDN: `ou=odd,${suffix}` } });

    await expect(backend.find('a.twin', patience())).rejects.toMatchObject({ cause: { message: 'several entries have this login; the log names them' } });
    expect((await backend.search(queryOf('*'), null, 1, patience())).records).toMatchObject([{ key: 'photo' }]);
  });

  it('are left out where they have no login (fault 18)', async () => {
    const backend = await open({ params: { BaseDN: `ou=odd,${suffix}`, SSCOPE: 'one' }, block: { CustomerUserSearchFields: ['sn'] } });

    expect(await found(backend, 'odd')).toEqual(['a.twin', 'photo']);
  });

  it('have the same version until something changes', async () => {
    const backend = await open();
    const before = await must(backend, 'csv');

    expect((await must(backend, 'CSV')).version).toBe(before.version);
    expect((await must(backend, 'html')).version).not.toBe(before.version);
  });

  it('are asked for without an account while one half of it is missing (TL8), and with it otherwise', async () => {
    expect(await found(await open({ params: { UserDN: admin.dn } }), 'layla')).toEqual(['layla']);
    expect(await found(await open({ params: { UserDN: service.dn, UserPw: service.password } }), 'layla')).toEqual(['layla']);
  });

  it('come page by page, each once', async () => {
    const backend = await open();
    const all = await found(backend, '*');
    const walked: string[] = [];
    for (let position: string | null = null, hasMore = true; hasMore; ) {
      const page = await backend.search(queryOf('*'), position, 37, patience());
      walked.push(...page.records.map(({ key }) => key));
      position = page.positions.at(-1) ?? null;
      hasMore = page.hasMore;
    }

    expect(all.length).toBeGreaterThan(259);
    expect(walked).toEqual(all);
  });

  it('are found by text with quotes, OR and NOT, as in a database', async () => {
    const backend = await open({ block: { CustomerUserSearchPrefix: '*', CustomerUserSearchSuffix: '*', CustomerUserSearchFields: ['uid', 'cn', 'mail'] } });

    expect(await found(backend, '"paren (the)" OR layla')).toEqual(['a(b)c', 'layla']);
    expect(await found(backend, 'shared+!shared.b')).toEqual(['shared.a']);
    expect(await found(backend, 'html OR emoji+!ünbekannt')).toEqual(['emoji', 'html']);
  });
});
