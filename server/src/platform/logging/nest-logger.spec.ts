import { Writable } from 'node:stream';
import { createLogger } from './logger.js';
import { nestLogger } from './nest-logger.js';

function aLog() {
  const lines: string[] = [];
  const destination = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) });
  return { lines, log: nestLogger(createLogger('info', destination)) };
}

describe('nestLogger', () => {
  it('says what a module says, and keeps the framework quiet', () => {
    const { lines, log } = aLog();

    log.log('The database is ready.', 'database');
    log.log('Mapped {/health, GET} route', 'RouterExplorer');

    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      { level: 'info', time: expect.any(String), context: 'database', msg: 'The database is ready.' },
    ]);
  });

  it('hides secrets in what it is told', () => {
    const { lines, log } = aLog();

    log.error('no way to postgres://root:hunter22@db', undefined, 'database');
    log.error(new Error('no way to postgres://root:hunter22@db'), 'database');

    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('hunter22');
  });
});
