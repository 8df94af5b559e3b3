import { createServer, type AddressInfo } from 'node:net';
import { startRedis, type TestRedis } from '../../../testing/redis.js';
import { RedisGenerations } from './redis-generations.js';

const secret = 's'.repeat(32);
const patienceMs = 20_000;

describe('Generations in Redis', () => {
  let redis: TestRedis;
  const opened: RedisGenerations[] = [];

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((generations) => generations.close()));
  });
  afterAll(() => redis?.stop());

  async function join(secretKey = secret, url = redis.url): Promise<RedisGenerations> {
    const generations = new RedisGenerations(url, secretKey);
    opened.push(generations);
    await generations.open();
    return generations;
  }

  /** A connection comes back by itself after a while. */
  async function once<T>(question: () => Promise<T>, isMeant: (answer: T) => boolean): Promise<T> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const answer = await question();
      if (isMeant(answer) || performance.now() > deadline) return answer;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('are the same in all processes of an installation, and end in all of them at once', async () => {
    const [one, other] = [await join(), await join()];
    const before = await one.current('CustomerUser2');

    expect(before).not.toBeNull();
    expect(await other.current('CustomerUser2')).toBe(before);

    await other.advance('CustomerUser2');

    const after = await one.current('CustomerUser2');
    expect(after).not.toBe(before);
    expect(after).not.toBeNull();
  });

  it('of two processes that begin at the same moment are one', async () => {
    const [one, other] = [await join(), await join()];

    const [mine, theirs] = await Promise.all([one.current('Fresh'), other.current('Fresh')]);

    expect(mine).toBe(theirs);
  });

  it('of one backend do not end with those of another, nor with those of another installation', async () => {
    const [ours, strangers] = [await join(), await join('t'.repeat(32))];
    const before = await ours.current('CustomerUser2');

    await ours.advance('CustomerUser3');
    await strangers.advance('CustomerUser2');

    expect(await ours.current('CustomerUser2')).toBe(before);
  });

  it('hold nothing of anybody: a word for each backend under our own prefix, and no secret', async () => {
    await (await join()).advance('CustomerUser2');

    const contents = Object.entries(await redis.contents());

    expect(contents.length).toBeGreaterThan(0);
    for (const [key, value] of contents) {
      expect(key).toMatch(/^clientele:[0-9a-f]{16}:generation:\w+$/);
      expect(value).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('are not known while Redis is gone, and are others when it comes back empty', async () => {
    const generations = await join();
    const before = await generations.current('CustomerUser2');

    await redis.kill();
    const during = await generations.current('CustomerUser2');
    await redis.start();
    const after = await once(() => generations.current('CustomerUser2'), (answer) => answer !== null);

    expect(before).not.toBeNull();
    expect(during).toBeNull();
    expect(after).not.toBeNull();
    expect(after).not.toBe(before);
  });

  it('end afterwards for what was written while Redis was out of reach', async () => {
    const [writer, reader] = [await join(), await join()];
    await redis.kill();
    await writer.advance('CustomerUser2');
    await redis.start();
    const before = await once(() => reader.current('CustomerUser2'), (answer) => answer !== null);

    const own = await once(() => writer.current('CustomerUser2'), (answer) => answer !== null);

    expect(own).not.toBe(before);
    expect(await reader.current('CustomerUser2')).toBe(own);
  });

  it('are not known where there is no Redis, and where it never says a word; nobody waits for it', async () => {
    const mute = createServer((socket) => void socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
    await new Promise((resolve) => mute.once('listening', resolve));
    const { port } = mute.address() as AddressInfo;

    const silent = await join(secret, `redis://127.0.0.1:${port}`);
    const absent = await join(secret, 'redis://127.0.0.1:1');
    await silent.advance('CustomerUser2');

    expect(await silent.current('CustomerUser2')).toBeNull();
    expect(await absent.current('CustomerUser2')).toBeNull();
    await silent.close();
    mute.close();
  });
});
