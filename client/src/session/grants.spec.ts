import { grants } from './grants.js';

test('lets the administrator write and the writer read, and not the other way round', () => {
  expect(grants(['clientele.admin'], 'clientele.write')).toBe(true);
  expect(grants(['clientele.write'], 'clientele.read')).toBe(true);
  expect(grants(['clientele.read'], 'clientele.write')).toBe(false);
  expect(grants([], 'clientele.read')).toBe(false);
});
