// Part of npm run bench: a directory of 100,000 people on slapd, measured at the driver.
import { Console } from 'node:console';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peopleDn, writePeopleLdif } from '../../../../testing/people-ldif.js';
import { admin, startSlapd } from '../../../../testing/slapd.js';
import { deadlineIn } from '../../../kernel/deadline.js';
import type { Backend } from '../../backend.js';
import { queryOf, type Asked } from '../../testing/stage.js';
import { openDirectory } from './stage.js';

const size = 100_000;
const rounds = 7;
const patience = () => deadlineIn(60_000);

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-bench-directory-'));
  const ldif = join(folder, 'people.ldif');
  process.stderr.write(`Filling a directory with ${size.toLocaleString('en')} people …\n`);
  const logins = (await writePeopleLdif(ldif, { people: size, customers: 2_000 })).map(({ login }) => login).sort();
  const directory = await startSlapd({ ldif, database: ['index sn,givenName subinitial', 'sizelimit unlimited'] });
  const opened: Backend[] = [];
  const open = async (): Promise<Backend> => {
    const { backend } = await openDirectory(directory.port, {
      params: { BaseDN: peopleDn, UserDN: admin.dn, UserPw: admin.password },
      block: { CustomerUserSearchFields: ['uid', 'givenName', 'sn'], CustomerUserSearchPrefix: '' },
    });
    opened.push(backend);
    return backend;
  };
  try {
    await measure(open, logins);
  } finally {
    await Promise.all(opened.map((backend) => backend.close()));
    await directory.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opened anew, a backend has read nothing yet. */
async function measure(open: () => Promise<Backend>, logins: readonly string[]): Promise<void> {
  const backend = await open();
  const anyLogin = () => logins[Math.floor(Math.random() * logins.length)] ?? '';
  const page = (asked: Asked, position: string | null = null) => backend.search(queryOf({ validity: 'all', ...asked }), position, 50, patience());
  const scenarios: [string, () => Promise<unknown>][] = [
    ['find one', () => backend.find(anyLogin(), patience())],
    ['find 50 at once', () => backend.findMany(Array.from({ length: 50 }, anyLogin), patience())],
    ['search, one hit', () => page({ text: anyLogin() })],
    ['search, 1 % match', () => page({ text: 'yurii' })],
    ['search, 15 % match', () => page({ text: 'ma' })],
    ['list, first page', async () => (await open()).search(queryOf(''), null, 50, patience())],
    ['list, first page again', () => page({})],
    ['list, a page behind it', () => page({}, anyLogin())],
    ['count after a first page', () => backend.count(queryOf(''), size, patience())],
  ];
  const rows: { scenario: string; 'median ms': number }[] = [];
  for (const [scenario, run] of scenarios) rows.push({ scenario, 'median ms': await medianOf(run) });
  const one = rows[0]?.['median ms'] ?? 1;
  new Console(process.stdout).table(rows.map((row) => ({ ...row, 'median ms': Number(row['median ms'].toFixed(1)), 'find one ×': Number((row['median ms'] / one).toFixed(1)) })));
}

async function medianOf(run: () => Promise<unknown>): Promise<number> {
  await run();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? 0;
}

void main();
