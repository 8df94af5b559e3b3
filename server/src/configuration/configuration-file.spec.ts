import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { loadConfiguration } from './configuration.js';
import { blockingFaults, readConfigurationFile } from './configuration-file.js';

const testFile = (name: string): string => join(process.cwd(), 'server/testing/config-pm', name);

describe("A helpdesk's Config.pm as the configuration", () => {
  const folder = mkdtempSync(join(tmpdir(), 'configuration-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const written = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const load = (body: string) => loadConfiguration(written('Config.pm', `sub Load {\nmy $Self = shift;\n${body}\nreturn 1;\n}\n1;`));

  it('serves as one of ours does', async () => {
    const { source, customerUserBlocks, customerBlocks, settings, warnings } = await loadConfiguration(testFile('database-only.pm'));

    expect(source).toBe(testFile('database-only.pm'));
    expect(customerUserBlocks).toMatchObject([
      { id: 'CustomerUser', title: 'Database Backend', listLimit: 1000, cacheTtl: 86_400, searchPrefix: '', mailColumns: ['email'], params: { Table: 'customer_user' } },
    ]);
    expect(customerUserBlocks[0]?.map[8]).toMatchObject({ row: 9, variable: 'UserRoom', label: 'Habitación', isRequired: true });
    expect(customerBlocks.map(({ id }) => id)).toEqual(['CustomerCompany']);
    expect(settings.CustomerGroupSupport).toBe(true);
    expect(warnings).toEqual([]);
  });

  it('keeps the gaps between the numbers and the order of precedence (TC1)', async () => {
    const { customerUserBlocks } = await loadConfiguration(testFile('database-and-ldap.pm'));

    expect(customerUserBlocks.map(({ id, isReadOnly }) => [id, isReadOnly])).toEqual([['CustomerUser', false], ['CustomerUser2', false], ['CustomerUser10', true]]);
  });

  it.each(['database-only.pm', 'database-and-ldap.pm', 'not-readable.pm'])('is equal when written as a file of ours and read again: %s', async (name) => {
    const { content } = await readConfigurationFile(testFile(name));

    const { source: _one, warnings: _ours, ...ours } = await loadConfiguration(written(`${name}.yaml`, stringify(content)));
    const { source: _other, warnings: _theirs, ...theirs } = await loadConfiguration(testFile(name));

    expect(ours).toEqual(theirs);
  });

  it("adds to the helpdesk's default block where the file does", async () => {
    const { customerUserBlocks: [block] } = await load(`push @{ $Self->{CustomerUser}->{Map} }, [ 'UserRoom', 'Room', 'room', 1, 0, 'var' ];`);

    expect(block?.map).toHaveLength(17);
    expect(block?.map[16]).toMatchObject({ row: 17, variable: 'UserRoom' });
  });

  it('names the line of what it left out, and serves the rest', async () => {
    const { customerUserBlocks, warnings } = await load(`$Self->{CustomerUser}{CustomerUserNameFieldsJoin} = glue();\n$Self->{CustomerUser11} = { Name => 'x' };`);

    expect(customerUserBlocks).toHaveLength(1);
    expect(warnings).toEqual([
      'line 3: A function is called: glue() What it would set (CustomerUser.CustomerUserNameFieldsJoin) is not known and left out; everything else is read.',
      'line 4: CustomerUser11 is not one of the ten numbered blocks that there may be. The helpdesk never looks at it, and neither does this product: the people in it are missing.',
    ]);
  });

  it('is refused where a restriction cannot be known: too much would be allowed', async () => {
    await expect(load(`$Self->{CustomerUser}{ReadOnly} = is_read_only();`)).rejects.toThrow(/line 3: ReadOnly of CustomerUser depends on code/);
  });

  it('is refused where it is no valid Perl', async () => {
    await expect(load(`$Self->{CustomerUser}{ReadOnly} = ;`)).rejects.toThrow(/line 3: This is no valid Perl/);
  });

  it('names each marked line of a file that cannot be read whole, by its number, and leaves to the driver what it needs', async () => {
    const { customerUserBlocks, warnings } = await loadConfiguration(testFile('not-readable.pm'));

    expect(customerUserBlocks).toMatchObject([{ id: 'CustomerUser', title: 'No Name 1', params: {} }]);
    expect(warnings.map((warning) => /^line (\d+)/.exec(warning)?.[1])).toEqual(['8', '10', '17', '23', '25']);
  });

  it('is refused where a block lacks what it needs, as one of ours is', async () => {
    await expect(load(`$Self->{CustomerUser1} = { Name => 'x' };`)).rejects.toThrow('CustomerUser1, Module: is missing');
  });

  it('is refused where it is too long', async () => {
    await expect(loadConfiguration(written('Long.pm', '#'.repeat(500_001)))).rejects.toThrow('500001 characters; up to 500000 are read');
  });

  it('may be in Latin-1', async () => {
    const text = `sub Load { my $Self = shift; $Self->{CustomerUser}{Name} = 'Käufer'; }`;

    const { customerUserBlocks } = await loadConfiguration(written('Latin.pm', Buffer.from(text, 'latin1')));

    expect(customerUserBlocks[0]?.title).toBe('Käufer');
  });
});

describe('The findings of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'findings-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('name the line in a file of ours as well', async () => {
    const path = join(folder, 'ours.yaml');
    writeFileSync(path, `CustomerUser:\n  Name: People\n  Module: database\n  Params:\n    Table: customer_user\n  CustomerKey: login\n  CustomerID: customer_id\n  Map:\n    - [UserLogin, Username, login, 1, 1]\n    - [UserLogin, Login, login2]\n`);

    const { findings } = await readConfigurationFile(path);

    expect(findings.map(({ code, line }) => [code, line])).toEqual(expect.arrayContaining([['map-variable-duplicate', 10], ['map-variable-missing', 9], ['list-missing', 2]]));
    expect(findings.every(({ file }) => file === path)).toBe(true);
    expect(blockingFaults(findings)).toEqual([]);
  });
});
