import fc from 'fast-check';
import { parseSearch, type SearchExpression, type WordPart } from './search-expression.js';
import { SearchSyntaxError } from './search-syntax-error.js';

describe('A search text', () => {
  it.each([
    ['TS1', 'smith', 'smith'],
    ['TS2', 'john+smith', 'and(john, smith)'],
    ['TS2 with blanks', ' john + smith ', 'and(john, smith)'],
    ['AND', 'john AND smith', 'and(john, smith)'],
    ['OR', 'john OR smith', 'or(john, smith)'],
    ['TS3', 'john smith', 'john smith'],
    ['TS3 with more blanks', 'john \t smith', 'john smith'],
    ['TS4', '"john smith"', 'john smith'],
    ['TS5', 'login+!first', 'and(login, not(first))'],
    ['TS6', '!smith', 'not(smith)'],
    ['TS7', '*!smith*', 'not(smith%)'],
    ['TS8', 'john and smith', 'john and smith'],
    ['TS9', 'a AND b OR c', 'or(and(a, b), c)'],
    ['TS9 the other way round', 'a OR b AND c', 'or(a, and(b, c))'],
    ['TS10 (ours: as for customers)', '(john)', 'john'],
    ['TS11', '((john+smith) OR meier)', 'or(and(john, smith), meier)'],
    ['TS12 (ours: as for customers)', 'a&&b', 'and(a, b)'],
    ['TS12 for OR', 'a || b', 'or(a, b)'],
    ['TS13', 'smi**h', 'smi%h'],
    ['TS14 (ours: a percent sign is itself)', '50%', '50\\%'],
    ['TS15 (ours: an underscore is itself)', 'cust_1', 'cust_1'],
    ['TS16', '* john', '% john'],
    ['TS16 at the end', 'john *', 'john %'],
    ['TS21 (ours: 0 is a value)', '0', '0'],
    ['TS24', '*', '%'],
    ['a quoted 0 (ours)', '"0"', '0'],
    ['a phrase within a word (ours)', 'x "john smith" y', 'x john smith y'],
    ['a phrase with a wildcard (ours)', '"john smith"*', 'john smith%'],
    ['an operator in a phrase', '"a AND b"', 'a AND b'],
    ['a quote without a partner', '5" pipe', '5" pipe'],
    ['stray operators', '+john', 'john'],
    ['stray operators', 'john+smith+', 'and(john, smith)'],
    ['stray operators', 'AND (OR john +) OR', 'john'],
    ['a stray NOT', 'john+!', 'john'],
    ['a repeated operator', 'a ++ b', 'and(a, b)'],
    ['a doubled NOT', '!!a', 'a'],
    ['a negated group', '!(a OR b)', 'not(or(a, b))'],
    ['a backslash (ours)', 'a\\+b', 'a+b'],
    ['a backslash before a wildcard', 'a\\*b', 'a*b'],
    ['a backslash before nothing special', 'DOMAIN\\anna', 'DOMAIN\\anna'],
    ['parentheses in a word', 'a(b)', 'a(b)'],
    ['parentheses after a word', 'Smith (Bonn)', 'Smith (Bonn)'],
    ['parentheses in a word in a group', '(a(b) OR c)', 'or(a(b), c)'],
    ['parentheses behind a backslash', '\\(john\\)', '(john)'],
    ['nothing in parentheses', 'a AND ()', 'a'],
    ['a plus sign in an address', 'anna+news@x.org', 'and(anna, news@x.org)'],
    ['one of two signs', 'R&D | S', 'R&D | S'],
    ['names that begin like operators', 'ANDREAS ORTIZ', 'ANDREAS ORTIZ'],
    ['hostile SQL', "' OR 1=1 --", "or(', 1=1 --)"],
    ['hostile LDAP', '*)(uid=*', 'parenthesis-not-opened at 1'],
    ['kana and emoji', 'カス+👩‍💻', 'and(カス, 👩‍💻)'],
  ])('means what it says: %s', (_, text, meaning) => {
    expect(meaningOf(text)).toBe(meaning);
  });

  it.each([
    ['TS17', 'a AND OR b', 'word-missing', 6],
    ['TS18', '((a', 'parenthesis-not-closed', 1],
    ['TS19', 'a\\', 'backslash-at-end', 1],
    ['a closed group too many', 'a)', 'parenthesis-not-opened', 1],
    ['a negated operator', 'a + ! + b', 'word-missing', 6],
    ['a word right after a group', '(a OR b) c', 'operator-missing', 9],
    ['operators alone', 'AND OR', 'word-missing', 0],
    ['a NOT alone', '!', 'word-missing', 0],
    ['an empty phrase', '""', 'word-missing', 0],
    ['too long a text', 'a'.repeat(501), 'text-too-long', 500],
    ['too many words', Array.from({ length: 51 }, () => 'a').join('+'), 'too-many-words', 100],
    ['too many parentheses', `${'('.repeat(21)}a${')'.repeat(21)}`, 'nested-too-deep', 20],
  ])('is refused with the place of the fault, and never read as something wider: %s', (_, text, code, position) => {
    expect(faultOf(text)).toMatchObject({ code, position });
  });

  it('that is blank is no search (TS20)', () => {
    expect([parseSearch(''), parseSearch(' \t\u00a0 ')]).toEqual([null, null]);
  });

  it('whatever it is, is read or refused with a fault of ours', () => {
    const pieces = fc.constantFrom('a', 'John', ' ', '*', '(', ')', '+', '!', '"', '\\', '&&', '||', ' AND ', ' OR ', 'ü', '👩‍💻', '%', '_', '0');
    const texts = fc.oneof(fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')), fc.string({ unit: 'binary', maxLength: 600 }));

    fc.assert(
      fc.property(texts, (text) => {
        try {
          const expression = parseSearch(text);
          return expression === null ? text.trim() === '' : wordsOf(expression).every((pattern) => pattern.length > 0);
        } catch (error) {
          return error instanceof SearchSyntaxError && error.position >= 0 && error.position <= text.length;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('finds any text letter by letter when it is put in quotes with backslashes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), (text) => {
        expect(parseSearch(quoted(text))).toEqual({ kind: 'word', pattern: [{ text }] });
      }),
      { numRuns: 1000 },
    );
  });
});

/** Between quotes every character that could mean something has a backslash before it. */
function quoted(text: string): string {
  return `"${text.replace(/[\\*+&|!()"]/g, '\\$&')}"`;
}

function wordsOf(expression: SearchExpression): (readonly WordPart[])[] {
  if (expression.kind === 'word') return [expression.pattern];
  return expression.kind === 'not' ? wordsOf(expression.part) : expression.parts.flatMap(wordsOf);
}

/** `%` for a wildcard, `\%` for the sign. */
function meaningOf(text: string): string {
  try {
    const expression = parseSearch(text);
    return expression === null ? 'nothing' : written(expression);
  } catch (error) {
    return error instanceof SearchSyntaxError ? error.message : 'broken';
  }
}

function written(expression: SearchExpression): string {
  switch (expression.kind) {
    case 'word':
      return expression.pattern.map((part) => (part === 'any' ? '%' : part.text.replaceAll('%', '\\%'))).join('');
    case 'not':
      return `not(${written(expression.part)})`;
    default:
      return `${expression.kind}(${expression.parts.map(written).join(', ')})`;
  }
}

function faultOf(text: string): unknown {
  try {
    return parseSearch(text);
  } catch (error) {
    return error;
  }
}
