import fc from 'fast-check';
import type { Clock } from '../kernel/clock.js';
import { CircuitBreaker, type Attempt } from './circuit-breaker.js';

const second = 1_000;
const minute = 60 * second;

function aBreaker() {
  let now = 0;
  const clock: Clock = { now: () => new Date(now) };
  const breaker = new CircuitBreaker(clock);
  const ask = (): Attempt => {
    const attempt = breaker.begin();
    if (attempt === null) throw new Error('it is left alone');
    return attempt;
  };
  return {
    breaker,
    ask,
    wait: (milliseconds: number) => void (now += milliseconds),
    pauseMs: () => (breaker.pausedUntil === null ? 0 : breaker.pausedUntil.getTime() - now),
    fail: (kind: 'ordinary' | 'account' = 'ordinary') => breaker.failed(ask(), kind),
  };
}

describe('A backend that fails', () => {
  it('is left alone after three failures in a row', () => {
    const { breaker, fail, pauseMs } = aBreaker();

    fail();
    fail();
    expect(breaker.begin()).not.toBeNull();
    fail();

    expect(breaker.begin()).toBeNull();
    expect(pauseMs()).toBe(5 * second);
  });

  it('is not left alone when it answers in between', () => {
    const { breaker, ask, fail } = aBreaker();

    for (let times = 0; times < 20; times += 1) {
      fail();
      fail();
      breaker.answered(ask());
    }

    expect(breaker.begin()).not.toBeNull();
  });

  it('fails once, however many ask at the same moment', () => {
    const { breaker, ask, pauseMs } = aBreaker();

    const burst = Array.from({ length: 50 }, ask);
    for (const attempt of burst) breaker.failed(attempt, 'ordinary');

    expect(pauseMs()).toBe(0);
  });

  it('is asked by one when the pause is over, and by all once that one has an answer (fault 5)', () => {
    const { breaker, ask, fail, wait } = aBreaker();
    for (let times = 0; times < 3; times += 1) fail();
    wait(5 * second);

    const trial = ask();
    expect([breaker.begin(), breaker.begin()]).toEqual([null, null]);
    breaker.answered(trial);

    expect(breaker.begin()).not.toBeNull();
    expect(breaker.pausedUntil).toBeNull();
  });

  it('is asked by the next when the one gave up', () => {
    const { breaker, ask, fail, wait } = aBreaker();
    for (let times = 0; times < 3; times += 1) fail();
    wait(5 * second);

    breaker.abandoned(ask());

    expect(breaker.begin()).not.toBeNull();
  });

  it('is asked less and less often, and at least every half minute', () => {
    const { fail, wait, pauseMs } = aBreaker();
    fail();
    fail();

    const pauses = Array.from({ length: 6 }, () => {
      fail();
      const pause = pauseMs();
      wait(pause);
      return pause / second;
    });

    expect(pauses).toEqual([5, 10, 20, 30, 30, 30]);
  });

  it('is asked at once when a person wants to know, and by all when that answer comes', () => {
    const { breaker, fail } = aBreaker();
    for (let times = 0; times < 3; times += 1) fail();

    const attempt = breaker.beginTrial();
    expect(breaker.begin()).toBeNull();
    breaker.answered(attempt);

    expect(breaker.begin()).not.toBeNull();
  });

  it('is not healed by the answer to an older question', () => {
    const { breaker, ask, fail } = aBreaker();
    const older = ask();
    fail('account');

    breaker.answered(older);

    expect(breaker.begin()).toBeNull();
  });
});

describe('A backend that refuses the account (faults 7 and 8)', () => {
  it('is left alone at once', () => {
    const { fail, pauseMs } = aBreaker();

    fail('account');

    expect(pauseMs()).toBe(minute);
  });

  it('is asked four times in any half hour at most, whatever the impatience', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10 * minute }), { minLength: 200, maxLength: 400 }), (waits) => {
        const { breaker, wait } = aBreaker();
        const attempts: number[] = [];
        let now = 0;
        for (const milliseconds of waits) {
          const attempt = breaker.begin();
          if (attempt) {
            attempts.push(now);
            breaker.failed(attempt, 'account');
          }
          wait(milliseconds);
          now += milliseconds;
        }
        for (const start of attempts) expect(attempts.filter((at) => at >= start && at < start + 30 * minute).length).toBeLessThanOrEqual(4);
        expect(attempts.length).toBeGreaterThan(1);
      }),
      { numRuns: 100 },
    );
  });
});

it('Whatever happens in whatever order, a backend is asked by one at most while it is left alone, and again some time', () => {
  const event = fc.constantFrom('ask', 'answer', 'fail', 'refuse', 'abandon', 'wait');
  fc.assert(
    fc.property(fc.array(fc.tuple(event, fc.nat(20)), { maxLength: 200 }), (events) => {
      const { breaker, wait } = aBreaker();
      const open: Attempt[] = [];
      const trials = new Set<Attempt>();
      for (const [kind, number] of events) {
        const attempt = kind === 'ask' || kind === 'wait' ? undefined : open.splice(number % (open.length || 1), 1)[0];
        if (attempt) trials.delete(attempt);
        if (kind === 'wait') wait(number * second);
        if (kind === 'ask') {
          const isPaused = breaker.pausedUntil !== null;
          const begun = breaker.begin();
          if (begun) open.push(begun);
          if (begun && isPaused) trials.add(begun);
        }
        if (attempt && kind === 'answer') breaker.answered(attempt);
        if (attempt && kind === 'fail') breaker.failed(attempt, 'ordinary');
        if (attempt && kind === 'refuse') breaker.failed(attempt, 'account');
        if (attempt && kind === 'abandon') breaker.abandoned(attempt);
        if (breaker.pausedUntil === null) trials.clear();
        expect(trials.size).toBeLessThanOrEqual(1);
      }
      for (const attempt of open) breaker.abandoned(attempt);
      wait(15 * minute);
      expect(breaker.begin()).not.toBeNull();
    }),
  );
});
