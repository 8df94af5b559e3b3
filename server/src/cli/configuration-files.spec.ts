import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfiguration } from '../configuration/index.js';
import { importConfiguration, lintConfigurationFile, showConfiguration } from './configuration-files.js';

const testFile = (name: string): string => join(process.cwd(), 'server/testing/config-pm', name);

describe('config:import', () => {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  const output = join(folder, 'clientele.yaml');
  afterEach(() => {
    for (const name of ['clientele.yaml', 'environment', 'Config.pm']) rmSync(join(folder, name), { force: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['database-only.pm', 'database-and-ldap.pm'])('writes a file that means the same: %s', async (name) => {
    const answer = await importConfiguration(testFile(name), { output });

    const { source: _one, ...written } = await loadConfiguration(output);
    const { source: _other, ...original } = await loadConfiguration(testFile(name));
    expect(written).toEqual(original);
    expect(answer).toContain('Everything was read.');
  });

  it('writes rows of a Map as an operator writes them', async () => {
    await importConfiguration(testFile('database-only.pm'), { output });

    expect(readFileSync(output, 'utf8')).toContain('    - [UserRoom, Habitación, room, 0, 1, var, "", 0, null, null]\n');
  });

  it('tells editors where the schema of the file is', async () => {
    await importConfiguration(testFile('database-only.pm'), { output });

    const [, place = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(output, 'utf8')) ?? [];
    expect(JSON.parse(readFileSync(fileURLToPath(place), 'utf8'))).toMatchObject({ title: 'Configuration of Clientele' });
  });

  it('writes passwords for the owner of the file alone, and shows none', async () => {
    const environmentFile = join(folder, 'environment');

    const answer = await importConfiguration(testFile('database-only.pm'), { output, environmentFile });

    expect(statSync(output).mode & 0o777).toBe(0o600);
    expect(statSync(environmentFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(environmentFile, 'utf8')).toBe(`DATABASE_URL=mysql://helpdesk:not-a-real-password@127.0.0.1/helpdesk\nCLIENTELE_CONFIG=${output}\n`);
    expect(answer).toContain('mysql database helpdesk at 127.0.0.1:3306');
    expect(answer + readFileSync(output, 'utf8')).not.toContain('not-a-real-password');
  });

  it('names the line of everything that it leaves out, here and in the file', async () => {
    const answer = await importConfiguration(testFile('not-readable.pm'), { output });

    const lines = [8, 10, 17, 23, 25];
    for (const line of lines) expect(answer).toContain(`not-readable.pm:${line} `);
    expect([...readFileSync(output, 'utf8').matchAll(/^# Left out of line (\d+): /gm)].map(([, line]) => Number(line))).toEqual(lines);
  });

  it('overwrites nothing unless told to', async () => {
    writeFileSync(output, 'mine');

    await expect(importConfiguration(testFile('database-only.pm'), { output })).rejects.toThrow('--force');
    expect(readFileSync(output, 'utf8')).toBe('mine');
    await importConfiguration(testFile('database-only.pm'), { output, force: true });
    expect(readFileSync(output, 'utf8')).toContain('CustomerUser:');
  });

  it('writes nothing where a restriction is not known', async () => {
    const path = join(folder, 'Config.pm');
    writeFileSync(path, `sub Load { my $Self = shift;\n$Self->{CustomerUser}{ReadOnly} = $ENV{RO};\n}`);

    await expect(importConfiguration(path, { output })).rejects.toThrow(/line 2: ReadOnly of CustomerUser/);
    expect(() => statSync(output)).toThrow('ENOENT');
  });
});

describe('config:show', () => {
  it('shows what applies, defaults and all, without secrets', async () => {
    const shown = await showConfiguration(testFile('database-and-ldap.pm'), null);

    expect(shown).toContain('CustomerUser10:');
    expect(shown).toContain('CustomerUserSearchListLimit: 250');
    expect(shown).toContain('bcryptCost: 12');
    expect(shown).not.toMatch(/with-quotes|also-not-real/);
  });

  it("shows the helpdesk's defaults where no file is named", async () => {
    expect(await showConfiguration(null, null)).toMatch(/^# From the helpdesk's defaults: no file is named\.\nCustomerUser:\n {2}Name: Database Backend\n/);
  });

  it("tells of each setting where it comes from: the file before the helpdesk's tables, these before the defaults", async () => {
    const stored = { CustomerGroupSupport: '0', 'Ticket::Service': '1', CustomerGroupPermissionContext: { '100-CustomerID-other': { Value: 'Other' } } };

    const shown = await showConfiguration(testFile('database-only.pm'), async () => ({ values: stored, warnings: ['SysConfig, X: is not plain YAML'] }));

    expect(shown).toContain('CustomerGroupSupport: 1 # file\n');
    expect(shown).toContain("Ticket::Service: 1 # the helpdesk's tables\n");
    expect(shown).toContain('CheckEmailAddresses: 1 # default\n');
    expect(shown).toContain('CustomerGroupAlwaysGroups: [users] # file\n');
    expect(shown).toMatch(/CustomerGroupPermissionContext:\n +# the helpdesk's tables\n +001-CustomerID-same:/);
    expect(shown).toContain('# Warning: SysConfig, X: is not plain YAML\n');
  });

  it('shows what was not read', async () => {
    expect(await showConfiguration(testFile('not-readable.pm'), null)).toContain('# Warning: line 8: A function is called: hostname()');
  });
});

describe('config:lint', () => {
  it('says place, severity and three sentences for each finding', async () => {
    const { text, hasErrors } = await lintConfigurationFile(testFile('not-readable.pm'), 'text');

    expect(text).toContain(`not-readable.pm:10 error key-missing\n  Params.Table is missing in CustomerUser.\n  The block cannot be used; the helpdesk stops with an error at the same place.\n  Add it.\n`);
    expect(text).toMatch(/: error 1, warning 7, information 2$/);
    expect(hasErrors).toBe(true);
  });

  it('is content with a file that has no errors', async () => {
    expect(await lintConfigurationFile(testFile('database-only.pm'), 'text')).toMatchObject({ hasErrors: false });
  });

  it('speaks to programs as well', async () => {
    const { text } = await lintConfigurationFile(testFile('not-readable.pm'), 'json');

    expect(JSON.parse(text)).toContainEqual({
      code: 'unread-call', severity: 'warning', file: testFile('not-readable.pm'), line: 8, column: 32,
      params: { text: 'hostname()', skipped: 'CustomerUser.Name' },
      fault: 'A function is called: hostname()',
      consequence: 'What it would set (CustomerUser.Name) is not known and left out; everything else is read.',
      cure: 'Write the value itself.',
    });
  });
});
