import fc from 'fast-check';
import { addressFault, keyFault, lineFault, loginFault, paragraphFault } from './text-faults.js';

const characters = { code: 'characters' };

describe('a text on one line', () => {
  it.each([
    'Zoë 👩‍💻',
    'محمد 123',
    'שלום',
    'カス',
    'Nguyễn Thị Ánh',
    "O'Brien",
    'a\u200db',
    'मुंबई',
    '=HYPERLINK("x")',
    '<b>',
    '\u202etxt.exe',
  ])('may be "%s"', (text) => {
    expect(lineFault(text)).toBeNull();
  });

  it.each(['\0', 'a\tb', 'a\nb', 'a\rb', '\u001b[31m', '\u0085', 'half \ud83d'])('refuses %j', (text) => {
    expect(lineFault(text)).toEqual(characters);
  });

  it('takes eight marks on a letter and no nine', () => {
    expect(lineFault(`a${'\u0301'.repeat(8)}b`)).toBeNull();
    expect(lineFault(`a${'\u0301'.repeat(9)}b`)).toEqual({ code: 'combining-marks', params: { max: 8 } });
    expect(lineFault(`a${'\u0301'.repeat(10_000)}`)?.code).toBe('combining-marks');
  });
});

describe('a text of several lines', () => {
  it('may have line breaks and tabs, and no other control character', () => {
    expect(paragraphFault('first\n\tsecond\r\nthird')).toBeNull();
    expect(paragraphFault('first\0')).toEqual(characters);
  });
});

it('keeps what stands for everybody from being somebody’s login', () => {
  expect(['<DEFAULT>', ' <default> '].map(loginFault)).toEqual([{ code: 'taken' }, { code: 'taken' }]);
});

describe('a mail address or a key', () => {
  it.each(['anna\u202e@x.org', 'an\u200bna', 'an\u200dna', 'an\u00adna', '\ufeffanna'])('refuses the invisible in %j', (text) => {
    expect(addressFault(text)).toEqual(characters);
    expect(keyFault(text)).toEqual(characters);
  });

  it.each(['ａｄｍｉｎ', 'ᴮᴵᴳ', 'a\u00a0b', 'ﬁnn', '.', '..'])('as a key is never "%s"', (text) => {
    expect(keyFault(text)).toEqual(characters);
  });
});

describe('a login', () => {
  it.each(['anna', 'Müller', 'カス_kasu', 'o\'neil@x.org', 'a_b&c', '50%', 'мария', 'Νίκος', 'ทำ', 'ﾊﾝｶｸ', 'אבי', 'j.*', 'a/b', 'cn=admin,dc=x', 'straße'])(
    'TS39: may be "%s"',
    (text) => {
      expect(loginFault(text)).toBeNull();
    },
  );

  it.each(['аdmin', 'admіn', 'pаypal', 'αdmin', 'а.meier'])('refuses look-alikes from another script: %s', (text) => {
    expect(loginFault(text)).toEqual({ code: 'login.mixed-script' });
  });

  it('is never refused for plain ASCII', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\x21-\x7e]{3,60}$/), (text) => {
        expect(loginFault(text)).toBeNull();
      }),
    );
  });
});
