import { Writable } from 'node:stream';
import { createLogger } from './logger.js';

function aLog() {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, logger: createLogger('info', destination) };
}

describe('createLogger', () => {
  it('writes one JSON line with the time in UTC', () => {
    const { lines, logger } = aLog();

    logger.info({ status: 200 }, 'request');

    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', msg: 'request', status: 200, time: expect.stringMatching(/Z$/) });
  });

  it('keeps a line break in a value from making a line of its own', () => {
    const { lines, logger } = aLog();

    logger.info({ actor: 'anna\n{"level":"fatal"}' }, 'request');

    expect(lines.join('').trim().split('\n')).toHaveLength(1);
  });

  it('hides secrets in errors', () => {
    const { lines, logger } = aLog();

    logger.error({ err: new Error('postgres://root:hunter22@db refused') }, 'internal');

    expect(lines.join('')).not.toContain('hunter22');
  });
});
