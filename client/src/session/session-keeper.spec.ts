import type { SessionOpened } from '../../../server/contract/session.js';
import { SessionKeeper, type SessionKeeperParts } from './session-keeper.js';

function aSession(accessToken: string): SessionOpened {
  return {
    accessToken,
    expiresIn: 900,
    actor: { kind: 'agent', login: 'root', name: 'Root' },
    permissions: ['clientele.admin'],
    display: { locale: null, timeZone: null, skin: null },
    host: { type: 'embedded' },
  };
}

function aHost(overrides: Partial<SessionKeeperParts> = {}) {
  let exchanges = 0;
  const ended = jest.fn();
  const parts: SessionKeeperParts = {
    launchToken: async () => 'launch',
    exchange: async () => aSession(`token ${(exchanges += 1)}`),
    opened: () => undefined,
    ended,
    ...overrides,
  };
  return { keeper: new SessionKeeper(parts), ended, exchanges: () => exchanges };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('renews the session by itself at minute 13', async () => {
  const { keeper } = aHost();
  await keeper.open();

  await jest.advanceTimersByTimeAsync(13 * 60_000);

  expect(keeper.current()).toBe('token 2');
});

test('asks the host once when many requests find the token refused at the same time', async () => {
  const { keeper, exchanges } = aHost();

  const tokens = await Promise.all([keeper.renew(), keeper.renew(), keeper.renew()]);

  expect(tokens).toEqual(['token 1', 'token 1', 'token 1']);
  expect(exchanges()).toBe(1);
});

test('ends the session when the host no longer knows the agent', async () => {
  let isKnown = true;
  const { keeper, ended } = aHost({ launchToken: async () => (isKnown ? 'launch' : null) });
  await keeper.open();
  isKnown = false;

  const token = await keeper.renew();

  expect(token).toBeNull();
  expect(keeper.current()).toBeNull();
  expect(ended).toHaveBeenCalledTimes(1);
});

test('keeps the running session and tries again when the host does not answer in time', async () => {
  let answers = true;
  const { keeper, ended } = aHost({
    launchToken: async () => {
      if (!answers) throw new Error('no answer');
      return 'launch';
    },
  });
  await keeper.open();
  answers = false;

  await jest.advanceTimersByTimeAsync(13 * 60_000);
  const during = keeper.current();
  answers = true;
  await jest.advanceTimersByTimeAsync(15_000);

  expect(during).toBe('token 1');
  expect(keeper.current()).toBe('token 2');
  expect(ended).not.toHaveBeenCalled();
});

test('tells at the start when the host does not answer, and takes it for no unknown agent', async () => {
  const { keeper, ended } = aHost({ launchToken: () => Promise.reject(new Error('no answer')) });

  await expect(keeper.open()).rejects.toThrow('no answer');

  expect(ended).not.toHaveBeenCalled();
});
