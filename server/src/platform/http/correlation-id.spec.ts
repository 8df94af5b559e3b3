import { correlationIdOf } from './correlation-id.js';

describe('correlationIdOf', () => {
  it('keeps the id that the sender gave', () => {
    expect(correlationIdOf({ 'x-correlation-id': 'import-2026.11' })).toBe('import-2026.11');
  });

  it.each(['', 'short', 'x'.repeat(65), 'with space in it', 'line\nbreak-in-it', '{"level":"fatal"}'])(
    'makes one of its own instead of %j',
    (given) => {
      expect(correlationIdOf({ 'x-correlation-id': given })).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});
