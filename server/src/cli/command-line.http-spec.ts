import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApp, type TestApp } from '../../testing/app.js';
import { linkIn, Visitor } from '../../testing/visitor.js';
import { readEnvironment } from '../platform/config/environment.js';
import { commandLine } from './command-line.js';

/** On the database of a running server: what a command makes is good there at once. */
describe('the command line beside a server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-cli-'));
  // The embedded database's own user must reach it: it would keep its data in a folder of the system otherwise.
  chmodSync(folder, 0o711);
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(async () => {
    await test.close();
    rmSync(folder, { recursive: true });
  });

  const run = async (words: string, settings: Record<string, string> = {}): Promise<string> => {
    const written: string[] = [];
    const [out, error] = [jest.spyOn(process.stdout, 'write'), jest.spyOn(process.stderr, 'write')];
    for (const stream of [out, error]) stream.mockImplementation((text) => (written.push(String(text)), true));
    const environment = () => readEnvironment({ NODE_ENV: 'test', DATABASE_URL: test.databaseUrl, CLIENTELE_DATA_DIR: folder, ...settings });
    try {
      const program = commandLine(environment);
      for (const command of [program, ...program.commands]) command.exitOverride();
      await program.parseAsync(words.split(' '), { from: 'user' });
    } catch (failure) {
      written.push(String(failure));
    } finally {
      out.mockRestore();
      error.mockRestore();
    }
    return written.join('').trim();
  };
  const signIn = async (output: string) => new Visitor(test).post('sign-in-link', { link: linkIn(output) });
  const session = (token: string) => test.ask({ url: '/api/v1/session', headers: { authorization: `Bearer ${token}` } });

  it('makes a link for the first administrator', async () => {
    const output = await run('sign-in-link');

    expect(output).toMatch(/^http:\/\/127\.0\.0\.1:8080\/embedded-host\/sign-in#link=[\w-]{43}$/);
    expect((await signIn(output)).body).toMatchObject({ login: 'admin', permissions: ['clientele.admin'] });
  });

  it('adds agents, lists them and makes links for them', async () => {
    const made = await run('agent:create --login anna --name Anna --permissions read');
    const listed = await run('agent:list');
    const again = await run('sign-in-link --login ANNA');

    expect((await signIn(made)).body).toMatchObject({ login: 'anna', permissions: ['clientele.read'] });
    expect((await signIn(again)).status).toBe(200);
    expect(listed).toMatch(/^LOGIN +NAME +PERMISSIONS +STATE +SIGN-IN\n(.*\n)*anna +Anna +clientele\.read +active +no password yet/);
    expect(await run('agent:create --login Anna --name Other')).toContain('login.taken');
    expect(await run('sign-in-link --login nobody')).toContain('not-found');
  });

  it('makes API tokens, lists them without the token, and revokes them', async () => {
    const token = await run('token:create --permissions clientele.write --name import --expires 90d');
    const use = await session(token);
    const listed = await run('token:list');
    await run('token:revoke import');

    expect(use.body).toMatchObject({ actor: { kind: 'token', login: 'import' }, permissions: ['clientele.write'] });
    expect(listed).toMatch(/import +clientele\.write +live +\d{4}-\d\d-\d\d \d\d:\d\d +\d{4}/);
    expect(listed).not.toContain(token.slice(4));
    expect((await session(token)).status).toBe(401);
    expect(await run('token:list')).toMatch(/import +clientele\.write +revoked/);
    expect(await run('token:revoke import')).toContain('not-found');
  });

  it.each([
    ['token:create --permissions root --name x', 'Allowed: clientele.read, clientele.write, clientele.admin.'],
    ['token:create --permissions read --name x --expires soon', 'Allowed: a number and h, d, w or y'],
    ['token:create --name x', "required option '--permissions <list>' not specified"],
    ['agent:create --login a/b --name x', 'Allowed: letters, digits'],
    ['no-such-command', "unknown command 'no-such-command'"],
  ])('refuses %s', async (words, reason) => {
    expect(await run(words)).toContain(reason);
  });

  it('checks the configuration', async () => {
    expect(await run('config:check')).toContain('The configuration is right.');
  });

  it('and tells every fault in it', async () => {
    const file = join(folder, 'wrong.yaml');
    writeFileSync(file, JSON.stringify({ CustomerUser: { Module: 'Kernel::System::CustomerUser::Nowhere' } }));

    const output = await run('config:check', { CLIENTELE_CONFIG: file });

    expect(output).toContain('CustomerUser');
    expect(output).not.toContain('The configuration is right.');
  });

  it('says what it can do', async () => {
    const help = await run('--help');

    for (const command of ['migrate', 'sign-in-link', 'agent:create', 'agent:list', 'token:create', 'token:list', 'token:revoke', 'config:check']) {
      expect(help).toContain(command);
    }
  });

  it('finds the database ready', async () => {
    expect(await run('migrate')).toBe("The helpdesk's tables: made. Migrations done now: none.");
  });
});
