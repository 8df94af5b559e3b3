import { spawn } from 'node:child_process';
import { Agent, get } from 'node:http';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabase } from '../../testing/databases.js';

const testing = join(__dirname, '../../testing');

/** The server, or with words a command, as a process of its own. */
function start(settings: Record<string, string>, ...words: string[]) {
  const written: string[] = [];
  const program = join(__dirname, words.length === 0 ? '../main.ts' : '../cli.ts');
  const child = spawn(process.execPath, [join(testing, 'run-typescript.cjs'), program, ...words], {
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (text: Buffer) => written.push(text.toString()));
  child.stderr.on('data', (text: Buffer) => written.push(text.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise<string>((resolve) => {
    child.stdout.on('data', () => {
      const line = /Clientele is ready at .*/.exec(written.join(''))?.[0];
      if (line !== undefined) resolve(line);
    });
    void ended.then(() => resolve('ended'));
  });
  return { child, ready, ended, output: () => written.join('') };
}

describe('the start of the server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-start-'));
  // The embedded database's own user must reach it: it would keep its data in a folder of the system otherwise.
  chmodSync(folder, 0o711);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('ends with one line: the address and a link to sign in once', async () => {
    const database = await openTestDatabase('embedded');
    const settings = { DATABASE_URL: database.url, CLIENTELE_DATA_DIR: folder };
    const server = start(settings);

    const line = await server.ready;
    const [, address, link] = /^Clientele is ready at (http:\/\/127\.0\.0\.1:\d+)\/ — sign in once with (\S+)$/.exec(line) ?? [];
    const health = await fetch(`${address}/health/ready`);
    server.child.kill('SIGTERM');
    const code = await server.ended;
    await database.drop();

    expect(link).toMatch(new RegExp(`^${address}/embedded-host/sign-in#link=[\\w-]{43}$`));
    expect(await health.json()).toEqual({ status: 'ready' });
    expect(code).toBe(0);
  });

  it('ends in order when it is asked to, whatever connections browsers keep', async () => {
    const database = await openTestDatabase('embedded');
    const server = start({ DATABASE_URL: database.url, CLIENTELE_DATA_DIR: folder });
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(await server.ready)?.[0] ?? '';
    const agent = new Agent({ keepAlive: true });
    const ask = () =>
      new Promise<void>((resolve) => {
        get(`${address}/health/ready`, { agent }, (answer) => answer.resume().on('end', resolve)).on('error', () => resolve());
      });

    const asked = Array.from({ length: 60 }, ask);
    await Promise.race(asked);
    server.child.kill('SIGTERM');
    const code = await server.ended;
    agent.destroy();
    await database.drop();

    expect(code).toBe(0);
  });

  it('leaves the command line its place, beside the embedded database as it runs and after it', async () => {
    const settings = { CLIENTELE_DATA_DIR: join(folder, 'embedded') };
    const server = start(settings);
    await server.ready;

    const during = start(settings, 'agent:list');
    const codeDuring = await during.ended;
    const health = await fetch(`${/http:\/\/[\d.:]+/.exec(server.output())?.[0]}/health/ready`);
    server.child.kill('SIGTERM');
    await server.ended;
    const after = start(settings, 'agent:list');
    const codeAfter = await after.ended;

    expect([codeDuring, codeAfter]).toEqual([0, 0]);
    expect(health.status).toBe(200);
    expect(during.output()).toMatch(/^admin +Administrator/m);
    expect(after.output()).toMatch(/^admin +Administrator/m);
  }, 120_000);

  it.each<[string, Record<string, string>, RegExp]>([
    ['wrong settings, all of them', { PORT: 'abc', CLIENTELE_EMBEDDED_HOST: 'maybe' }, /PORT is "abc".*\n.*CLIENTELE_EMBEDDED_HOST is "maybe"/],
    ['a database that is not there', { DATABASE_URL: 'postgres://root:hunter22@127.0.0.1:1/x' }, /the database cannot be used now/],
    ['a configuration that cannot be used', { CLIENTELE_CONFIG: 'wrong.yaml' }, /The configuration .*wrong\.yaml cannot be used:\n- /],
  ])('ends with %s: a plain list and exit code 1', async (_, settings, told) => {
    writeFileSync(join(folder, 'wrong.yaml'), 'CustomerUser: [1, 2]');
    const file = settings['CLIENTELE_CONFIG'];
    const server = start({ CLIENTELE_DATA_DIR: folder, ...settings, ...(file === undefined ? {} : { CLIENTELE_CONFIG: join(folder, file) }) });

    const code = await server.ended;

    expect(server.output()).toMatch(told);
    expect(code).toBe(1);
    expect(server.output()).not.toMatch(/^ +at |hunter22/m);
  });
});
