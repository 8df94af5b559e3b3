import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { exampleDirectory, service, startSlapd, suffix, type TestDirectory } from '../../../testing/slapd.js';
import { deadlineIn } from '../../kernel/deadline.js';
import { BackendUnavailable } from '../../kernel/errors.js';
import type { Backend } from '../backend.js';
import { reasonOf } from '../backend-health.js';
import { found, must, patience, queryOf } from '../testing/stage.js';
import { startProxy, type Proxy } from './testing/proxy.js';
import { openDirectory, type StageChanges } from './testing/stage.js';

describe('A directory in trouble', () => {
  let directory: TestDirectory;
  let proxy: Proxy;
  const opened: Backend[] = [];

  beforeAll(async () => {
    directory = await startSlapd({ ldif: exampleDirectory });
  });

  beforeEach(async () => {
    proxy = await startProxy(directory.port);
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((backend) => backend.close()));
    await proxy.close();
  });

  afterAll(() => directory.stop());

  async function open(changes: StageChanges = {}): Promise<Backend> {
    const { backend } = await openDirectory(proxy.port, changes);
    opened.push(backend);
    return backend;
  }

  async function failureOf(asking: Promise<unknown>): Promise<string> {
    try {
      await asking;
    } catch (error) {
      expect(error).toBeInstanceOf(BackendUnavailable);
      return reasonOf(error);
    }
    throw new Error('it answered');
  }

  async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Never longer than for a machine that hangs. */
  async function until(isSo: () => boolean): Promise<void> {
    for (const end = performance.now() + 30_000; !isSo(); await pause(20)) {
      if (performance.now() > end) throw new Error('it was never so');
    }
  }

  it('refuses the connection: the reason is plain, without an address (fault 1)', async () => {
    const { backend, failure } = await openDirectory(await freePort());
    opened.push(backend);

    expect(failure).toBeInstanceOf(BackendUnavailable);
    expect(await failureOf(backend.find('anna', patience()))).toBe('the directory refuses the connection');
  });

  it.each(['silent', 'trickle'] as const)('is %s: the deadline ends it and frees the socket (faults 2 and 3)', async (mood) => {
    const backend = await open();
    proxy.drop();
    proxy.mood = mood;
    const start = performance.now();

    expect(await failureOf(backend.search(queryOf('*'), null, 10, deadlineIn(1500)))).toBe('the directory did not answer in time');

    expect(performance.now() - start).toBeLessThan(4000);
    await pause(200);
    expect(proxy.open()).toBe(0);
  });

  it('is cut in the middle of an answer: nobody takes a part for the whole (fault 4)', async () => {
    const backend = await open();
    proxy.drop();
    proxy.mood = 'cut';

    expect(await failureOf(backend.search(queryOf('*'), null, 10, patience()))).toBe('the connection to the directory was lost');
  });

  it('is slow, and answers all the same', async () => {
    const backend = await open();
    proxy.mood = 'slow';

    expect((await must(backend, 'layla')).key).toBe('layla');
  });

  it('has closed a connection that rested: a new one is made, and nobody sees it (fault 5)', async () => {
    const backend = await open();
    await must(backend, 'layla');
    proxy.drop();
    await pause(100);

    expect((await must(backend, 'layla')).key).toBe('layla');
    expect(proxy.opened).toBe(2);
  });

  it('keeps few connections, however many ask', async () => {
    const backend = await open();

    const people = await Promise.all(Array.from({ length: 30 }, () => must(backend, 'layla')));

    expect(people).toHaveLength(30);
    expect(proxy.open()).toBeLessThanOrEqual(4);
  });

  it('is asked by thousands who do not wait for the answer: no connection stays behind', async () => {
    const backend = await open();
    const ends = new Map<string, number>();
    const askAndLeave = async (number: number): Promise<void> => {
      const leaving = new AbortController();
      const asking = backend.search(queryOf('*'), null, 10, { signal: leaving.signal, remainingMs: () => 60_000 });
      setTimeout(() => leaving.abort(), number % 7);
      const end = await asking.then(() => 'answered', (error: unknown) => reasonOf(error));
      ends.set(end, (ends.get(end) ?? 0) + 1);
    };

    for (let round = 0; round < 50; round += 1) await Promise.all(Array.from({ length: 20 }, (_, number) => askAndLeave(number)));

    expect([...ends.keys()].filter((end) => end !== 'answered')).toEqual(['the directory did not answer in time']);
    expect(ends.get('the directory did not answer in time')).toBeGreaterThan(50);
    await until(() => proxy.open() <= 4);
    expect((await must(backend, 'layla')).key).toBe('layla');
  });

  it('is one of several hosts: the next one answers', async () => {
    const { backend, failure } = await openDirectory(0, { params: { Host: [`127.0.0.1:${await freePort()}`, `127.0.0.1:${directory.port}`] } });
    opened.push(backend);

    expect(failure).toBeNull();
    expect((await must(backend, 'layla')).key).toBe('layla');
  });

  it('has a first host that never answers: the second one has time left', async () => {
    proxy.mood = 'silent';
    const { backend } = await openDirectory(0, {
      params: { Host: [`127.0.0.1:${proxy.port}`, `127.0.0.1:${directory.port}`], UserDN: service.dn, UserPw: service.password },
    });
    opened.push(backend);

    expect((await backend.find('layla', deadlineIn(3000)))?.key).toBe('layla');
  });

  it('refuses the account: it is asked once for all who wait (faults 7 and 8)', async () => {
    const backend = await open({ params: { UserDN: service.dn, UserPw: 'wrong' } });
    const before = proxy.opened;

    const reasons = await Promise.all(Array.from({ length: 10 }, () => failureOf(backend.find('layla', patience()))));

    expect(new Set(reasons)).toEqual(new Set(['the directory refused the account: wrong name or password (49)']));
    expect(proxy.opened).toBe(before + 1);
  });

  it('does not know BaseDN', async () => {
    const backend = await open({ params: { BaseDN: `ou=nowhere,${suffix}` } });

    expect(await failureOf(backend.find('layla', patience()))).toBe('BaseDN or GroupDN does not exist in the directory (32)');
  });

  it('must answer at the start where Die says so', async () => {
    await expect(openDirectory(await freePort(), { params: { Die: 1 } })).rejects.toThrow(
      'Params.Die: the directory must answer at the start, but the directory refuses the connection',
    );
  });

  it('hands out no more than its size limit: what came is kept and reported as not all (TL9, ours; fault 13)', async () => {
    const limited = await startSlapd({ ldif: exampleDirectory, sizeLimit: 50 });
    const { backend, failure } = await openDirectory(limited.port);

    try {
      const page = await backend.search(queryOf('*'), null, 1000, patience());

      expect(failure).toBeNull();
      expect(page).toMatchObject({ isTruncated: true, hasMore: false });
      expect(page.records.length).toBeGreaterThan(40);
      expect(await found(backend, 'layla')).toEqual(['layla']);
    } finally {
      await backend.close();
      await limited.stop();
    }
  });
});
