import bcrypt from 'bcrypt';
import { hashPassword, isStoredPassword } from './password-hash.js';

const somePass = [
  ['sha1', 'fff99eddcef98a2265d68d4ec6ca9882c5fc8d0b'],
  ['sha2', '17c1b8cba6fed372f40eed959c46e265ef8ec2e984b6dca935f8e38aa42c025f'],
  [
    'sha512',
    '294780df8a0cb045a2f27f32aed8405ee77d11b94d53aa5b0da5e88ed32e8dee1b3a020959a3146f648d6ba9803a966353bfed2e144eac0bf423e38eb1e6a4f7',
  ],
  ['bcrypt of cost 9', 'BCRYPT:9:Ab3dEf6hIj9lMn2p:rgMk/f46BKIZ0kRaRBYPOhRWH6SrBX6'],
  ['bcrypt of cost 12', 'BCRYPT:12:Ab3dEf6hIj9lMn2p:t/IYDS59GpUHklZTIHDLNv9YdEU6fO2'],
  ['md5 of johndoe', '$1$johndoe$z8Z0nT3QyeKdjN3ZjXjU21'],
  ['md5 of john.doe.long', '$1$john.doe$LjbFLOHWDvc2gKq70Eo7I/'],
  ['md5 of user@example.com', '$1$user@exa$4y24ZQaUfiYwrDKSN.vOO0'],
  ['md5 of jo$hn', '$1$jo$/6MaqWXo7LU0mWusY1aXM.'],
  ['apr1 of johndoe', '$apr1$johndoe$pfK2VAc3hz.KRi2KTc3vN1'],
  ['crypt of johndoe', 'joJ9ZbknQhmUA'],
] as const;

const umlauts = [
  ['sha2', '3573cec29cba4a6a15d6c7f1d80f855f2e16bcc34f74bafa30d6ddd323563f57'],
  ['bcrypt of cost 9', 'BCRYPT:9:Ab3dEf6hIj9lMn2p:oXcbr24JUeo1qTazKcN9PNNX.1noBZ6'],
  // These two made with crypt() of glibc.
  ['crypt', 'jo4f7FQHQg8QA'],
  ['md5', '$1$johndoe$haHp2neHEa1wVBEsbY3L..'],
] as const;

describe('stored passwords of the helpdesk', () => {
  it.each(somePass)('TW20: %s lets the right password in and no other', async (_, stored) => {
    const [right, wrong] = await Promise.all([
      isStoredPassword('some_pass', stored),
      isStoredPassword('same_pass', stored),
    ]);

    expect([right, wrong]).toEqual([true, false]);
  });

  it.each(umlauts)('TW20: %s reads the password as UTF-8', async (_, stored) => {
    expect(await isStoredPassword('someäöü', stored)).toBe(true);
    expect(await isStoredPassword('someaou', stored)).toBe(false);
  });

  it('reads md5-crypt of a password longer than one block', async () => {
    expect(await isStoredPassword('x'.repeat(40), '$1$johndoe$XUyOW9TkzfA3BYizlZOkl/')).toBe(true);
  });

  it('TW21: a hash of cost 9 still counts after the cost became 12', async () => {
    const older = await hashPassword('some_pass', 9);

    expect(older).toMatch(/^BCRYPT:9:/);
    expect(await isStoredPassword('some_pass', older)).toBe(true);
  });

  it.each(['', '0'])('TW24: the password "%s" never matches, whatever is stored', async (password) => {
    const sha256OfZero = '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9';
    const sha256OfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

    const answers = await Promise.all(
      [sha256OfZero, sha256OfNothing, '', null, await hashPassword(password, 9)].map((stored) =>
        isStoredPassword(password, stored),
      ),
    );

    expect(answers).toEqual([false, false, false, false, false]);
  });

  it.each([
    ['nothing stored', null],
    ['an empty value', ''],
    ['the failure mark of crypt() (ours)', '*0'],
    ['a password in clear (ours)', 'some_pass'],
    ['a password in clear of 13 characters (ours)', 'some_pass_äöü'],
    ['a bcrypt form with a cost beyond 31', 'BCRYPT:99:Ab3dEf6hIj9lMn2p:rgMk/f46BKIZ0kRaRBYPOhRWH6SrBX6'],
    ['a bcrypt form cut off', 'BCRYPT:9:Ab3dEf6hIj9lMn2p:rgMk/f46BKIZ0'],
    ['another crypt', '$6$salt$hash'],
  ])('matches nothing against %s', async (_, stored) => {
    expect(await isStoredPassword(stored === null ? 'some_pass' : stored, stored)).toBe(false);
  });
});

describe('written passwords', () => {
  it('have the form of the helpdesk, with cost 12 and a new salt each', async () => {
    const [one, other] = await Promise.all([hashPassword('some_pass'), hashPassword('some_pass')]);

    expect(one).toMatch(/^BCRYPT:12:[0-9A-Za-z]{16}:[./0-9A-Za-z]{31}$/);
    expect(one).not.toBe(other);
    expect(await isStoredPassword('some_pass', one)).toBe(true);
  });

  it.each([
    [4, 'BCRYPT:9:'],
    [10.7, 'BCRYPT:10:'],
  ])('take a cost of %s into the range that the helpdesk reads', async (cost, start) => {
    expect((await hashPassword('some_pass', cost)).startsWith(start)).toBe(true);
  });

  it('are told apart within their first 72 octets, and cut there as the helpdesk does', async () => {
    const stored = await hashPassword(`${'ä'.repeat(36)}x`, 9);

    expect(await isStoredPassword(`${'ä'.repeat(36)}y`, stored)).toBe(true);
    expect(await isStoredPassword(`${'ä'.repeat(35)}o`, stored)).toBe(false);
    expect(await isStoredPassword('x'.repeat(300), await hashPassword('x'.repeat(72), 9))).toBe(true);
  });

  it('never take all threads at once, so that other work gets its turn', async () => {
    const hash = jest.spyOn(bcrypt, 'hash');
    let running = 0;
    let most = 0;
    hash.mockImplementation(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return 'x'.repeat(60);
    });

    await Promise.all(Array.from({ length: 20 }, () => hashPassword('some_pass', 9)));
    hash.mockRestore();

    expect(most).toBeLessThanOrEqual(3);
  });
});
