import { passwordStrength } from './password-strength.js';

describe('the strength hint of a password', () => {
  it.each([
    ['', 'too-short'],
    ['Tr0ub4dor', 'too-short'],
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['12345678901234567890', 'weak'],
    ['abababababababab', 'weak'],
    ['anna.meier', 'weak'],
    ['anna.meier1', 'weak'],
    ['kofertoast', 'fair'],
    ['regen auf dem dach im mai', 'good'],
    ['correct horse battery staple', 'good'],
    ['密码很长但是好记又安全的一句话吧', 'good'],
  ])('calls %j %s', (password, strength) => {
    expect(passwordStrength(password, 'anna.meier')).toBe(strength);
  });

  it('counts characters as people see them, not code units', () => {
    expect(passwordStrength('🌧🌍🌻🎈🚲', 'anna')).toBe('too-short');
  });
});
