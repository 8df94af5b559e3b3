import { isBelow, joinPath, partIssues, pathIssues, splitPath } from './service-paths.js';

describe('The path of a service', () => {
  it('is put together and taken apart at its last level', () => {
    expect([joinPath(null, 'A'), joinPath('A::B', 'C')]).toEqual(['A', 'A::B::C']);
    expect(['A', 'A::B::C'].map(splitPath)).toEqual([{ parent: null, name: 'A' }, { parent: 'A::B', name: 'C' }]);
  });

  it('is below another one only by whole levels', () => {
    expect([isBelow('A::B', 'A'), isBelow('AB::C', 'A'), isBelow('A', 'A')]).toEqual([true, false, false]);
  });

  it('has no level that would be read as several, or blur with the next', () => {
    expect(['A::B', ':A', 'A:', 'A:B'].map((name) => partIssues(name).length)).toEqual([1, 1, 1, 0]);
  });

  it('is as long as the column allows, in characters', () => {
    expect(pathIssues(['👩'.repeat(191)], 191)).toEqual([]);
    expect(pathIssues(['A', 'x'.repeat(192)], 191)).toEqual([{ path: 'name', code: 'service.path-too-long', params: { max: 191 } }]);
  });
});
