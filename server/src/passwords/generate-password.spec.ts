import { generatePassword } from './generate-password.js';

describe('a generated password', () => {
  it('TW27 (ours): has 16 characters of which none is mistaken for another', () => {
    const passwords = Array.from({ length: 500 }, () => generatePassword());

    for (const password of passwords) expect(password).toMatch(/^[2-9A-HJ-NP-Za-km-np-z]{16}$/);
    expect(new Set(passwords).size).toBe(500);
  });

  it('holds a capital letter, a small letter and a digit', () => {
    for (let count = 0; count < 500; count++) {
      const password = generatePassword();

      expect(password).toMatch(/[A-Z]/);
      expect(password).toMatch(/[a-z]/);
      expect(password).toMatch(/[2-9]/);
    }
  });

  it('is drawn anew when a class is missing', () => {
    const draws = [...Array<number>(16).fill(0), ...Array<number>(14).fill(0), 24, 50];

    const password = generatePassword(() => draws.shift() ?? 0);

    expect(password).toBe('AAAAAAAAAAAAAAa4');
  });

  it('uses every character about equally often', () => {
    const counts = new Map<string, number>();
    for (let count = 0; count < 5_000; count++) {
      for (const character of generatePassword()) counts.set(character, (counts.get(character) ?? 0) + 1);
    }

    const letters = [...counts].filter(([character]) => /[A-Za-z]/.test(character)).map(([, count]) => count);
    expect(counts.size).toBe(56);
    expect(Math.max(...letters) / Math.min(...letters)).toBeLessThan(1.3);
  });
});
