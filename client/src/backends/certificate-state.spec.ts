import { certificateState } from './certificate-state.js';

const now = new Date('2026-11-22T12:00:00Z');

test.each([
  ['2026-11-22T11:59:59Z', 'ended'],
  ['2026-11-22T12:00:01Z', 'ending'],
  ['2026-12-22T11:59:59Z', 'ending'],
  ['2026-12-22T12:00:01Z', 'good'],
])('takes a certificate that ends at %s for %s', (endsAt, state) => {
  expect(certificateState(endsAt, now)).toBe(state);
});
