import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../../../testing/people.js';
import { peopleDn, writePeopleLdif } from '../../../testing/people-ldif.js';
import { admin, service, startSlapd, type TestDirectory } from '../../../testing/slapd.js';
import { deadlineIn } from '../../kernel/deadline.js';
import { foldKey, type Backend, type RecordPage } from '../backend.js';
import { must, queryOf, type Asked } from '../testing/stage.js';
import { startProxy, type Proxy } from './testing/proxy.js';
import { openDirectory } from './testing/stage.js';

const size = 100_000;
/** A slow machine is no fault of the directory. */
const patience = () => deadlineIn(120_000);

describe('A directory of 100,000 people', () => {
  let directory: TestDirectory;
  let proxy: Proxy;
  let folder: string;
  let people: readonly Person[];
  let logins: readonly string[];
  let backend: Backend;
  const opened: Backend[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), `clientele-test-${process.pid}-people-`));
    const ldif = join(folder, 'people.ldif');
    people = await writePeopleLdif(ldif, { people: size, customers: 2_000 });
    logins = people.map(({ login }) => login).sort();
    directory = await startSlapd({
      ldif,
      database: [
        'index sn,givenName subinitial', 'index departmentNumber eq',
        // Anybody but the service account may ask for all.
        'sizelimit unlimited', `limits dn.exact="${service.dn}" size=500`,
      ],
    });
    proxy = await startProxy(directory.port);
    backend = await open();
  }, 300_000);

  afterAll(async () => {
    await Promise.all(opened.map((each) => each.close()));
    await proxy.close();
    await directory.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(params: Record<string, unknown> = { UserDN: admin.dn, UserPw: admin.password }): Promise<Backend> {
    const { backend: made, failure } = await openDirectory(proxy.port, {
      params: { BaseDN: peopleDn, ...params },
      block: { CustomerUserSearchFields: ['uid', 'givenName', 'sn'], CustomerUserSearchPrefix: '' },
    });
    if (failure) throw failure;
    opened.push(made);
    return made;
  }

  async function first(asked: Asked, limit = 50): Promise<RecordPage> {
    return backend.search(queryOf(asked), null, limit, patience());
  }

  const keysOf = ({ records }: RecordPage): string[] => records.map(({ key }) => key);

  it('is listed in order, and to its end', async () => {
    const page = await first({}, 1_000);
    const walked: string[] = [];
    for (let position: string | null = foldKey(logins[94_999] ?? ''), hasMore = true; hasMore; ) {
      const behind: RecordPage = await backend.search(queryOf(''), position, 1_000, patience());
      walked.push(...keysOf(behind));
      position = behind.positions.at(-1) ?? null;
      hasMore = behind.hasMore;
    }

    expect(page).toMatchObject({ isTruncated: false, hasMore: true });
    expect(keysOf(page)).toEqual(logins.slice(0, 1_000));
    expect(walked).toEqual(logins.slice(95_000));
  });

  it('reads everybody for a first page, and its own people for that page again and for the next, also in the middle', async () => {
    const fresh = await open();
    const before = proxy.received;
    const page = await fresh.search(queryOf(''), null, 50, patience());
    const forFirst = proxy.received - before;
    const again = await fresh.search(queryOf(''), null, 50, patience());
    const next = await fresh.search(queryOf(''), page.positions.at(-1) ?? null, 50, patience());
    const middle = await fresh.search(queryOf(''), foldKey(logins[59_999] ?? ''), 50, patience());
    const forOthers = proxy.received - before - forFirst;

    expect(keysOf(again)).toEqual(logins.slice(0, 50));
    expect(keysOf(next)).toEqual(logins.slice(50, 100));
    expect(keysOf(middle)).toEqual(logins.slice(60_000, 60_050));
    expect(forOthers).toBeLessThan(forFirst / 50);
  });

  it('goes on with a page on a server that has not seen the first', async () => {
    const other = await open();

    expect(keysOf(await other.search(queryOf(''), foldKey(logins[49] ?? ''), 50, patience()))).toEqual(logins.slice(50, 100));
  });

  it.each(['zoe', 'ma', 'agnieszka+kowal', 'kowal OR yurii', '!a+zoe'])('answers %s with all whom it means, and with nobody else', async (text) => {
    const page = await first({ text });
    const meant = people.filter(meaningOf(text)).map(({ login }) => login).sort();

    expect(meant.length).toBeGreaterThan(50);
    expect(keysOf(page)).toEqual(meant.slice(0, 50));
    expect(await backend.count(queryOf(text), size, patience())).toBe(meant.length);
  });

  it('asks the directory for hits only', async () => {
    const before = proxy.received;

    await first({ text: 'eleni.papadopoulos1' });

    expect(proxy.received - before).toBeLessThan(100_000);
  });

  it('finds one in any case, and many at once', async () => {
    const some = logins.filter((_, index) => index % 400 === 0);

    expect((await must(backend, (logins[70_000] ?? '').toUpperCase())).key).toBe(logins[70_000]);
    expect([...(await backend.findMany(some, patience())).keys()].sort()).toEqual(some);
    expect(await backend.find('nobody', patience())).toBeNull();
  });

  it('is counted up to what was asked', async () => {
    const fresh = await open();
    const before = proxy.received;

    expect(await fresh.count(queryOf(''), 10_000, patience())).toBe(10_001);
    const forCounting = proxy.received - before;
    await fresh.search(queryOf(''), null, 1, patience());

    expect(forCounting).toBeLessThan((proxy.received - before) / 4);
    expect(await fresh.count(queryOf(''), size, patience())).toBe(size);
    expect(await fresh.count(queryOf({ text: 'zoe' }), 10_000, patience())).toBe(people.filter(meaningOf('zoe')).length);
  });

  it('shows in time what could be read in time, and says that there are more', async () => {
    const fresh = await open();
    const page = await fresh.search(queryOf(''), null, 50, { signal: patience().signal, remainingMs: () => 40 });

    expect(page).toMatchObject({ isTruncated: true, hasMore: true });
    expect(page.records).toHaveLength(50);
  });

  it('hands out 500 at most to some accounts: that is said, and nobody counts as gone (fault 13)', async () => {
    const limited = await open({ UserDN: service.dn, UserPw: service.password });
    const page = await limited.search(queryOf(''), null, 1_000, patience());

    expect(page).toMatchObject({ isTruncated: true, hasMore: false });
    expect(page.records).toHaveLength(500);
    const beyond = logins.filter((login) => !keysOf(page).includes(login)).slice(0, 100);
    expect((await limited.findMany(beyond, patience())).size).toBe(100);
  });
});

/** Words are beginnings of login, first or last name. */
function meaningOf(text: string): (person: Person) => boolean {
  const begins = (word: string) => (person: Person) => [person.login, person.firstName, person.lastName].some((value) => value.toLowerCase().startsWith(word));
  if (text.startsWith('!')) return (person) => !begins('a')(person) && begins('zoe')(person);
  const parts = text.split(/\+| OR /).map(begins);
  return (person) => (text.includes(' OR ') ? parts.some((part) => part(person)) : parts.every((part) => part(person)));
}
