import { readEnvironment } from '../platform/config/environment.js';
import { publicAddress } from './public-address.js';

describe('the address that is told', () => {
  it.each([
    [{}, undefined, 'http://127.0.0.1:8080'],
    [{ PORT: '0' }, 40123, 'http://127.0.0.1:40123'],
    [{ HOST: '0.0.0.0', PORT: '3000' }, undefined, 'http://localhost:3000'],
    [{ HOST: '::1' }, undefined, 'http://[::1]:8080'],
    [{ CLIENTELE_BASE_URL: 'https://help.example.com' }, 8080, 'https://help.example.com'],
  ])('with %j is one that a browser can open', (settings, port, expected) => {
    expect(publicAddress(readEnvironment(settings), port)).toBe(expected);
  });
});
