import fc from 'fast-check';
import { AndFilter, BerReader, BerWriter, EqualityFilter, FilterParser, NotFilter, OrFilter, PresenceFilter, SubstringFilter, type Filter } from 'ldapts';
import { parseSearch, type SearchExpression } from '../search-expression.js';
import { SearchSyntaxError } from '../search-syntax-error.js';
import { ldapCharset, type LdapCharset } from './ldap-charset.js';
import { allOf, equals, everything, searchFilter } from './ldap-filter.js';
import { askableOf, isMeant } from './negated-words.js';
import { readOperatorFilter } from './operator-filter.js';

const charset = (name: string): LdapCharset => {
  const found = ldapCharset(name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const utf8 = charset('utf-8');

function written(text: string, { attributes = ['uid', 'cn', 'mail'], prefix = '', suffix = '*' } = {}): string {
  const expression = parseSearch(text);
  return expression ? searchFilter(expression, { attributes, prefix, suffix, charset: utf8 }).toString() : 'none';
}

function bytesOf(filter: Filter): Buffer {
  const writer = new BerWriter();
  filter.write(writer);
  return writer.buffer;
}

describe('The filter of a search', () => {
  it.each([
    ['TL1', 'smith', '(|(uid=smith*)(cn=smith*)(mail=smith*))'],
    ['TL2', 'a+b', '(&(|(uid=a*)(cn=a*)(mail=a*))(|(uid=b*)(cn=b*)(mail=b*)))'],
    ['OR (ours)', 'a OR b', '(|(|(uid=a*)(cn=a*)(mail=a*))(|(uid=b*)(cn=b*)(mail=b*)))'],
    ['NOT (ours)', '!a', '(!(|(uid=a*)(cn=a*)(mail=a*)))'],
    ['quotes (ours)', '"a AND b"', '(|(uid=a AND b*)(cn=a AND b*)(mail=a AND b*))'],
    ['TL4', '"x)(uid=*"', '(|(uid=x\\29\\28uid=*)(cn=x\\29\\28uid=*)(mail=x\\29\\28uid=*))'],
    ['wildcards inside', 's*t*h', '(|(uid=s*t*h*)(cn=s*t*h*)(mail=s*t*h*))'],
    ['an asterisk that is meant', 'a\\*b', '(|(uid=a\\2ab*)(cn=a\\2ab*)(mail=a\\2ab*))'],
    ['everything (fault 21)', '*', '(objectClass=*)'],
  ])('%s: %s', (_, text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it('has as many parts as were typed, not six at most (TL3, ours)', () => {
    const expression = parseSearch('a+b+c+d+e+f+g');
    const filter = expression ? searchFilter(expression, { attributes: ['uid'], prefix: '', suffix: '*', charset: utf8 }) : everything;

    expect(filter).toBeInstanceOf(AndFilter);
    expect(filter.toString()).toBe('(&(uid=a*)(uid=b*)(uid=c*)(uid=d*)(uid=e*)(uid=f*)(uid=g*))');
  });

  it('puts prefix and suffix around every word, each wildcard once', () => {
    expect(written('*smith*', { prefix: '*', attributes: ['cn'] })).toBe('(cn=*smith*)');
    expect(written('smith', { prefix: 'x', suffix: '', attributes: ['cn'] })).toBe('(cn=xsmith)');
  });

  it('joins with what the operator always wants (TL5)', () => {
    const always = readOperatorFilter('(objectclass=user)');
    const text = parseSearch('a');
    if (!text || !('filter' in always)) throw new Error('not read');

    expect(allOf([searchFilter(text, { attributes: ['uid'], prefix: '', suffix: '*', charset: utf8 }), always.filter]).toString()).toBe(
      '(&(uid=a*)(objectclass=user))',
    );
  });

  it.each(['*)(uid=*', ')(|(objectClass=*', '\\00', '\\2a', '%00', "' OR 1=1 --", '"; DROP TABLE customer_user; --', '%', '_', '\\', 'cn=admin,dc=x', ',+"\\<>;#='])(
    'takes hostile text for text (faults 21 to 27): %s',
    (text) => {
      const filter = searchFilter({ kind: 'word', pattern: [{ text }] }, { attributes: ['uid'], prefix: '', suffix: '*', charset: utf8 });

      expect(filter).toBeInstanceOf(SubstringFilter);
      expect(filter).toMatchObject({ attribute: 'uid', initial: text, any: [], final: '' });
      expect(FilterParser.parseString(filter.toString())).toMatchObject({ initial: text, any: [], final: '' });
    },
  );
});

describe('The filter of a lookup', () => {
  it('takes a login with an asterisk for itself (TL13)', () => {
    expect(equals('uid', 'x*', utf8).toString()).toBe('(uid=x\\2a)');
  });

  it.each(Array.from({ length: 256 }, (_, code) => code))('writes character %i so that it means nothing', (code) => {
    const value = `a${String.fromCharCode(code)}b`;
    const filter = equals('uid', value, utf8);

    expect(filter.toString()).not.toMatch(/a[()*\0\\]b/);
    expect(FilterParser.parseString(filter.toString())).toEqual(new EqualityFilter({ attribute: 'uid', value }));
    expect(readBack(filter)).toMatchObject({ attribute: 'uid', value });
  });

  it('writes the bytes of another character set, and asks for nothing that it has no bytes for', () => {
    const latin = charset('iso-8859-1');

    expect(bytesOf(equals('cn', 'Müller', latin)).includes(Buffer.from('Müller', 'latin1'))).toBe(true);
    expect(bytesOf(searchFilter({ kind: 'word', pattern: ['any', { text: 'ü' }] }, { attributes: ['cn'], prefix: '', suffix: '*', charset: latin })).toString('latin1')).toContain('ü');
    expect(equals('cn', 'カス', latin).toString()).toBe('(!(objectClass=*))');
  });
});

describe('Any search', () => {
  const part = fc.oneof(fc.constant('any' as const), fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).map((text) => ({ text })));
  const { tree } = fc.letrec<{ tree: SearchExpression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.array(part, { minLength: 1, maxLength: 5 }).map((pattern): SearchExpression => ({ kind: 'word', pattern })),
      fc.tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('tree'), { minLength: 1, maxLength: 4 })).map(([kind, parts]): SearchExpression => ({ kind, parts })),
      tie('tree').map((inner): SearchExpression => ({ kind: 'not', part: inner })),
    ),
  }));

  it('is written so that it is read back as the same', () => {
    fc.assert(fc.property(tree, (expression) => {
      const filter = searchFilter(expression, { attributes: ['uid', 'cn'], prefix: '*', suffix: '*', charset: utf8 });

      expect(FilterParser.parseString(filter.toString()).toString()).toBe(filter.toString());
      expect(shapeOf(readBack(filter))).toEqual(shapeOf(filter));
    }), { numRuns: 1000 });
  });

  it('that anybody types becomes a filter that is read back as the same, or is refused with its fault, and holds nobody up', () => {
    const pieces = fc.constantFrom('a', 'Müller', ' ', '*', '(', ')', '+', '!', '"', '\\', '&&', '||', ' AND ', ' OR ', 'ü', '👩‍💻', '\0', '\\2a', '=', '*)(uid=*', 'カス');
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.tuple(pieces, fc.integer({ min: 1, max: 250 })).map(([piece, times]) => piece.repeat(times)),
    );
    let longest = 0;

    fc.assert(fc.property(texts, fc.constantFrom(utf8, charset('iso-8859-1')), (text, letters) => {
      const start = performance.now();
      const expression = readOrRefused(text);
      if (expression) {
        const { asked, decided } = askableOf(expression);
        const filter = asked ? searchFilter(asked, { attributes: ['uid', 'cn'], prefix: '*', suffix: '*', charset: letters }) : everything;
        expect(FilterParser.parseString(filter.toString()).toString()).toBe(filter.toString());
        if (letters.isUtf8) expect(shapeOf(readBack(filter))).toEqual(shapeOf(filter));
        else expect(() => readBack(filter)).not.toThrow();
        if (decided) expect(typeof isMeant(decided, [text, 'a'.repeat(5_000), ''], { prefix: '*', suffix: '*' })).toBe('boolean');
      }
      longest = Math.max(longest, performance.now() - start);
    }), { numRuns: 3000 });

    expect(longest).toBeLessThan(10_000);
  });

  it('is decided by the directory, or here where a NOT could find no answer there', () => {
    const umlaut = parseSearch('anna+!ü');
    const { asked, decided } = askableOf(umlaut ?? { kind: 'and', parts: [] });

    expect(asked).toEqual(parseSearch('anna'));
    expect(decided).toEqual(parseSearch('!ü'));
    expect(askableOf(parseSearch('!anna') ?? { kind: 'and', parts: [] }).decided).toBeNull();
  });

  it.each([
    ['!ü', ['Müller'], false],
    ['!ü', ['Muller'], true],
    ['!MÜLLER', ['müller'.normalize('NFD')], false],
    ['!ü', [], true],
    ['!a*ü', ['xaxü'], false],
    ['!a*ü', ['üa'], true],
  ])('%s is meant for %j: %s', (text, values, expected) => {
    const expression = parseSearch(text);

    expect(expression && isMeant(expression, values, { prefix: '*', suffix: '*' })).toBe(expected);
  });
});

describe("An operator's filter", () => {
  it('is read or refused with a sentence, whatever it is', () => {
    const pieces = fc.constantFrom('(', ')', '&', '|', '!', 'cn', '=', '*', '\\', '\\2a', '\\c3', ' ', '\n', ':=', ':dn:', '2.5.13.2', '>=', '~=', 'ü', '\0');
    const texts = fc.oneof(fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')), fc.string({ unit: 'binary', maxLength: 200 }));

    fc.assert(fc.property(texts, (text) => {
      const read = readOperatorFilter(text);
      if ('fault' in read) expect(read.fault).not.toBe('');
      else expect(bytesOf(read.filter).length).toBeGreaterThan(2);
    }), { numRuns: 3000 });
  });

  it.each([
    ['(objectClass=*', 'character 1: the bracket that opens is never closed'],
    ['(&(a=b)(c=d)))', 'character 14: a closing bracket too many'],
  ])('%s is refused with the place (fault 30)', (text, fault) => {
    expect(readOperatorFilter(text)).toEqual({ fault });
  });

  it('may go over several lines and write bytes', () => {
    const read = readOperatorFilter(' ( &\n  (objectClass=person)\n  (! (l=K\\c3\\b6ln) )\n )\n');

    expect('filter' in read && read.filter.toString()).toBe('(&(objectClass=person)(!(l=Köln)))');
  });

  it.each(['(userAccountControl:1.2.840.113556.1.4.803:=2)', '(cn=a & | b)', '(cn=a\\28b\\29*)', '(age>=18)'])('%s is kept as it is', (text) => {
    const read = readOperatorFilter(text);

    expect('filter' in read && read.filter.toString()).toBe(text);
  });
});

function readOrRefused(text: string): SearchExpression | null {
  try {
    return parseSearch(text);
  } catch (error) {
    expect(error).toBeInstanceOf(SearchSyntaxError);
    return null;
  }
}

function readBack(filter: Filter): Filter {
  return FilterParser.parse(new BerReader(bytesOf(filter)));
}

function shapeOf(filter: Filter): unknown {
  if (filter instanceof AndFilter || filter instanceof OrFilter) return [filter.constructor.name, ...filter.filters.map(shapeOf)];
  if (filter instanceof NotFilter) return ['not', shapeOf(filter.filter)];
  // The library reads a nested condition of this kind wrongly; it only ever has to write it.
  if (filter instanceof PresenceFilter) return 'present';
  return filter.toString().toLowerCase();
}
