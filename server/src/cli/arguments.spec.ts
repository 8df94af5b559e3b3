import { readDuration, readLogin, readPermissions } from './arguments.js';

describe('the arguments of the command line', () => {
  it('take permissions with and without their prefix', () => {
    expect(readPermissions('clientele.write, read')).toEqual(['clientele.write', 'clientele.read']);
  });

  it.each(['', 'root', 'clientele.write,,'])('refuse %j as permissions', (value) => {
    expect(() => readPermissions(value)).toThrow('Allowed: clientele.read, clientele.write, clientele.admin.');
  });

  it.each([
    ['12h', 43_200_000],
    ['90d', 7_776_000_000],
    ['2w', 1_209_600_000],
    ['1y', 31_536_000_000],
  ])('take %s as a duration', (value, expected) => {
    expect(readDuration(value)).toBe(expected);
  });

  it.each(['', '90', 'd', '0d', '-1d', '1.5d', '99999d'])('refuse %j as a duration', (value) => {
    expect(() => readDuration(value)).toThrow('Allowed: a number and h, d, w or y');
  });

  it('refuse a login that could not be written in an address', () => {
    expect(() => readLogin('anna smith')).toThrow('Allowed: letters');
  });
});
