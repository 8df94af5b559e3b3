import { aField, loginField, phoneField } from '../records/testing.js';
import { probePairs } from './probe-pairs.js';

const uid = { ...loginField, storage: 'uid' };
const givenName = aField({ variable: 'UserFirstname', storage: 'givenname' });

test('puts what is stored beside what the Map makes of it, in the order of the Map', () => {
  const row = { raw: { givenName: ['Bela', 'Béla'], uid: ['bela'] }, mapped: { UserLogin: 'bela', UserFirstname: 'Bela' }, warnings: [] };

  const pairs = probePairs(row, [uid, givenName, phoneField]);

  expect(pairs).toEqual([
    { storage: 'uid', stored: ['bela'], field: uid, mapped: 'bela' },
    { storage: 'givenname', stored: ['Bela', 'Béla'], field: givenName, mapped: 'Bela' },
  ]);
});

test('shows what the Map does not name, and what it makes of nothing', () => {
  const row = { raw: { title: ['Dr.'] }, mapped: { UserLogin: null, UserPhone: 0 }, warnings: [] };

  const pairs = probePairs(row, [uid, phoneField]);

  expect(pairs.map(({ storage, stored, mapped }) => [storage, stored, mapped])).toEqual([
    ['uid', [], ''],
    ['phone', [], '0'],
    ['title', ['Dr.'], ''],
  ]);
});
