import { aCustomerUserBlock, mapWith } from '../../testing/blocks.js';
import { buildFieldMap, isSecret, nothingKnown } from './field-map.js';

it.each([
  ['UserPassword', 'pw', true],
  ['UserPw', 'anything', true],
  ['UserRoom', 'pw', true],
  ['UserRoom', 'userPassword', true],
  ['UserRoom', 'unicodePwd', true],
  ['UserRoom', 'pwdLastSet', false],
  ['UserRoom', 'room', false],
])('A Map row %s on %s is secret: %s', (variable, storage, isHidden) => {
  const fields = buildFieldMap(aCustomerUserBlock({ Map: mapWith([variable, 'Label', storage, 1, 0, 'var']) }), nothingKnown);

  const row = fields.rows.find((candidate) => candidate.variable === variable);

  expect(row && isSecret(fields, row)).toBe(isHidden);
});
