import { Logger } from '@nestjs/common';
import { Attribute, Change } from 'ldapts';
import { exampleDirectory, service, startSlapd, suffix, type TestDirectory } from '../../testing/slapd.js';
import type { Clock } from '../kernel/clock.js';
import { deadlineIn } from '../kernel/deadline.js';
import type { Connection } from '../platform/persistence/database.js';
import { openBackend, type WatchedBackend } from './backend-factory.js';
import { CustomerUserDirectory, type DirectoryQuery } from './directory.js';
import { drivers } from './drivers.js';
import { makeCertificates, type Certificates } from './ldap/testing/certificates.js';
import { startProxy, type Proxy } from './ldap/testing/proxy.js';
import { addPerson, aDirectoryBlock, directoryMap, type StageChanges } from './ldap/testing/stage.js';
import { probeBackend } from './probe-backend.js';
import { aFakeBackend } from './testing/fake-backend.js';

const everybody: DirectoryQuery = { search: null, backendId: null, customerId: null, email: null, validity: 'all', limit: 10, cursor: null };
const minute = 60_000;
/** The only attribute here that takes bytes which are no text. */
const oddMap = directoryMap.map((row) => (row[0] === 'UserPhone' ? ['UserPhone', 'Phone', 'jpegphoto', 1, 0, 'var', '', 1] : row));
const account = { UserDN: service.dn, UserPw: service.password };
const steps = ({ steps: all }: { steps: readonly { step: string; state: string; failure: { code: string } | null }[] }) =>
  all.map(({ step, state, failure }) => `${step} ${failure?.code ?? state}`);

beforeAll(() => Logger.overrideLogger(false));

describe('A list with a directory in trouble', () => {
  let server: TestDirectory;
  let proxy: Proxy;
  let now: number;
  const clock: Clock = { now: () => new Date(now) };
  const opened: WatchedBackend[] = [];

  beforeAll(async () => {
    server = await startSlapd({ ldif: exampleDirectory });
  });

  beforeEach(async () => {
    now = Date.parse('2026-11-21T10:00:00Z');
    proxy = await startProxy(server.port);
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map(({ backend }) => backend.close()));
    await proxy.close();
  });

  afterAll(() => server.stop());

  async function open(changes: StageChanges = {}, port = proxy.port): Promise<WatchedBackend> {
    const block = aDirectoryBlock(port, { ...changes, block: { CacheTTL: 0, ...changes.block } });
    const watched = await openBackend(block, drivers, { mainConnection: {} as Connection, clock, secretKey: 'k'.repeat(32), dynamicFields: [] });
    opened.push(watched);
    return watched;
  }

  /** Beside the directory there is a backend that is well. */
  const listOf = ({ backend }: WatchedBackend) => {
    const both = [aFakeBackend('Own', ['anna']), backend];
    const directory = new CustomerUserDirectory({ ofKind: () => both });
    return async (patienceMs = 10_000) => {
      const { items, reports } = await directory.page(everybody, deadlineIn(patienceMs));
      return { people: items.length, state: reports[1]?.state };
    };
  };

  it('tries a wrong password once, whoever asks and how often, and once more after each pause (fault 7)', async () => {
    const watched = await open({ params: { ...account, UserPw: 'wrong' } });
    const list = listOf(watched);

    const answers = [];
    for (let round = 0; round < 20; round += 1) answers.push(...(await Promise.all(Array.from({ length: 10 }, () => list()))));

    expect(answers).toHaveLength(200);
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify({ people: 1, state: 'failed' })]));
    expect(proxy.opened).toBe(1);
    expect(watched.health.status).toMatchObject({
      state: 'paused', lastFailure: { code: 'refused-account', detail: 'the directory refused the account: wrong name or password (49)' }, nextAttemptAt: '2026-11-21T10:01:00.000Z',
    });

    now += minute;
    await Promise.all(Array.from({ length: 50 }, () => list()));
    expect(proxy.opened).toBe(2);
    now += 3 * minute;
    await list();
    expect(proxy.opened).toBe(2);
  });

  it('tries a password that was changed under way once, though older connections go on to answer (fault 8)', async () => {
    const changeable = await startSlapd({ ldif: exampleDirectory });
    const between = await startProxy(changeable.port);
    try {
      const watched = await open({ params: account }, between.port);
      const list = listOf(watched);
      expect(await list()).toEqual({ people: 10, state: expect.stringMatching(/ok|truncated/) });
      const client = await changeable.client();
      await client.modify(service.dn, new Change({ operation: 'replace', modification: new Attribute({ type: 'userPassword', values: ['another'] }) }));
      await client.unbind();
      const before = between.opened;

      for (let round = 0; round < 10; round += 1) await Promise.all(Array.from({ length: 20 }, () => list()));

      expect(between.opened).toBe(before + 1);
      expect(watched.health.status).toMatchObject({ state: 'paused', lastFailure: { code: 'refused-account' } });
    } finally {
      await between.close();
      await changeable.stop();
    }
  });

  it.each(['silent', 'trickle'] as const)('waits for a %s one three times, and then no more (faults 2 and 3)', async (mood) => {
    const watched = await open();
    const list = listOf(watched);
    proxy.mood = mood;
    proxy.drop();

    for (let times = 0; times < 3; times += 1) expect(await list(1_200)).toEqual({ people: 1, state: 'failed' });
    const connections = proxy.opened;
    const afterwards = await Promise.all(Array.from({ length: 20 }, () => list()));

    expect(new Set(afterwards.map(({ state }) => state))).toEqual(new Set(['failed']));
    expect(proxy.opened).toBe(connections);
    expect(watched.health.status).toMatchObject({ state: 'paused', lastFailure: { code: 'too-late' } });
  });

  it('shows no part of an answer that was cut, and asks no more after three of them (fault 4)', async () => {
    const watched = await open();
    const list = listOf(watched);
    proxy.mood = 'cut';
    proxy.drop();

    for (let times = 0; times < 5; times += 1) expect(await list()).toEqual({ people: 1, state: 'failed' });

    expect(watched.health.status).toMatchObject({ state: 'paused', since: '2026-11-21T10:00:00.000Z', lastFailure: { code: 'unreachable' } });
  });

  it('lets one question through when one that flaps may be asked again, and all when that one is answered (fault 5)', async () => {
    const watched = await open();
    const list = listOf(watched);
    proxy.mood = 'cut';
    proxy.drop();
    for (let times = 0; times < 3; times += 1) await list();
    const connections = proxy.opened;

    now += 5_000;
    await Promise.all(Array.from({ length: 50 }, () => list()));
    expect(proxy.opened).toBe(connections + 1);
    proxy.mood = 'fair';
    now += 9_000;
    expect((await list()).state).toBe('failed');
    now += 1_000;
    const healed = await Promise.all(Array.from({ length: 20 }, () => list()));

    expect(healed.filter(({ people }) => people === 10).length).toBeGreaterThan(0);
    expect((await list()).people).toBe(10);
    expect(watched.health.status).toMatchObject({ state: 'ok', since: null, lastFailure: null, nextAttemptAt: null });
  });

  it('is not stopped by questions that a directory refuses: it is there, and answers others', async () => {
    const watched = await open({ params: { BaseDN: `ou=nowhere,${suffix}` } });

    for (let times = 0; times < 5; times += 1) await listOf(watched)();

    expect(watched.health.status).toMatchObject({ state: 'failing', lastFailure: { code: 'refused-question' }, nextAttemptAt: null });
  });

  it('is not stopped by two entries with one login: the directory is well (fault 15)', async () => {
    const client = await server.client();
    const bases = ['one', 'two'].map((name) => `ou=${name},${suffix}`);
    for (const base of bases) {
      await client.add(base, { objectClass: 'organizationalUnit' });
      await addPerson(client, base, { login: 'same.login' });
    }
    await client.unbind();
    const watched = await open();

    for (let times = 0; times < 5; times += 1) await expect(watched.backend.find('same.login', deadlineIn(10_000))).rejects.toMatchObject({ code: 'backend.unavailable' });

    expect(watched.health.status).toMatchObject({ state: 'ok', lastFailure: null });
  });

  it('is told the step at which a probe fails, with one try of the account, though the directory is left alone (faults 7 and 8)', async () => {
    const watched = await open({ params: { ...account, UserPw: 'wrong' } });

    const probe = await probeBackend(watched);

    expect(steps(probe)).toEqual(['connect ok', 'bind refused-account', 'search skipped', 'map skipped']);
    expect(probe).toMatchObject({ state: 'failed', rows: [] });
    expect(proxy.opened).toBe(2);
    expect(watched.health.status.nextAttemptAt).toBe('2026-11-21T10:04:00.000Z');
  });

  it('is asked again by all after a probe that went well', async () => {
    const watched = await open();
    proxy.mood = 'cut';
    proxy.drop();
    for (let times = 0; times < 3; times += 1) await listOf(watched)();
    proxy.mood = 'fair';

    expect((await probeBackend(watched)).state).toBe('ok');

    expect(await listOf(watched)()).toMatchObject({ people: 10 });
  });
});

describe('A probe of a directory', () => {
  const opened: WatchedBackend[] = [];
  let certificates: Certificates;
  let server: TestDirectory;

  beforeAll(async () => {
    certificates = makeCertificates();
    server = await startSlapd({ certificate: certificates.issue('trusted', { altName: 'IP:127.0.0.1' }) });
    const client = await server.client();
    const base = `ou=odd,${suffix}`;
    await client.add(base, { objectClass: 'organizationalUnit' });
    await addPerson(client, base, { login: 'several' }, { mail: ['first@x.test', 'second@x.test'], businessCategory: ['C1', 'C2'] });
    await addPerson(client, base, { login: 'bytes' });
    const bytes = new Attribute({ type: 'jpegPhoto', values: [Buffer.from('M\u00fcller', 'latin1')] });
    await client.modify(`uid=bytes,${base}`, new Change({ operation: 'replace', modification: bytes }));
    await addPerson(client, base, { login: `long.${'x'.repeat(100)}` });
    await client.add(`cn=no login,${base}`, { objectClass: 'inetOrgPerson', cn: 'no login', sn: 'No', mail: 'nologin@x.test', departmentNumber: 'C1' });
    await client.add(`uid=no.mail,${base}`, { objectClass: 'inetOrgPerson', uid: 'no.mail', cn: 'no mail', sn: 'No' });
    await client.unbind();
  });

  afterAll(async () => {
    await Promise.all(opened.map(({ backend }) => backend.close()));
    await server.stop();
    certificates.remove();
  });

  async function open(params: Record<string, unknown>): Promise<WatchedBackend> {
    const block = aDirectoryBlock(server.port, { params: { BaseDN: `ou=odd,${suffix}`, ...account, ...params }, block: { CacheTTL: 0, Map: oddMap } });
    const clock: Clock = { now: () => new Date() };
    const watched = await openBackend(block, drivers, { mainConnection: {} as Connection, clock, secretKey: 'k'.repeat(32), dynamicFields: [] });
    opened.push(watched);
    return watched;
  }

  it('says what is odd about a record, and with which variable (faults 18 and 44)', async () => {
    const { rows } = await probeBackend(await open({}));

    const warningsOf = (login: string) => rows.find(({ mapped }) => mapped['UserLogin'] === login)?.warnings;
    expect(warningsOf('bytes')).toEqual([{ code: 'encoding', variable: 'UserPhone' }]);
    expect(warningsOf('several')).toEqual([{ code: 'several-values', variable: 'UserEmail' }]);
    expect(warningsOf(`long.${'x'.repeat(100)}`)).toEqual([{ code: 'too-long', variable: 'UserLogin' }]);
    expect(warningsOf('')).toEqual([{ code: 'without-login', variable: 'UserLogin' }]);
    expect(warningsOf('no.mail')).toEqual([{ code: 'without-email', variable: 'UserEmail' }, { code: 'without-customer', variable: 'UserCustomerID' }]);
    expect(rows.find(({ mapped }) => mapped['UserLogin'] === 'several')).toMatchObject({
      raw: { mail: ['first@x.test', 'second@x.test'] }, mapped: { UserEmail: 'first@x.test', UserCustomerIDs: 'C1;C2' },
    });
  });

  it.each([['StartTLS', () => ({ StartTLS: 1 })], ['ldaps', () => ({ Host: `ldaps://127.0.0.1:${server.tlsPort}` })]])(
    'tells until when the certificate is good that %s shows',
    async (_, params) => {
      const watched = await open({ ...params(), CAFile: certificates.caFile });

      const { state, certificateEndsAt } = await probeBackend(watched);

      expect(state).toBe('ok');
      const days = (Date.parse(certificateEndsAt ?? '') - Date.now()) / 86_400_000;
      expect(days).toBeGreaterThan(0.5);
      expect(days).toBeLessThan(3);
      expect(watched.inspector.certificateEndsAt?.toISOString()).toBe(certificateEndsAt);
    },
  );

  it('says that a certificate is not trusted, before the account is told (fault 9)', async () => {
    expect(steps(await probeBackend(await open({ StartTLS: 1 })))).toEqual(['connect untrusted', 'bind skipped', 'search skipped', 'map skipped']);
  });
});
