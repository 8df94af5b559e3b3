import fc from 'fast-check';
import { describeOnEachEngine } from '../../../testing/databases.js';
import { parseSearch, type SearchExpression, type WordPart } from '../search-expression.js';
import { SearchSyntaxError } from '../search-syntax-error.js';
import { found, stagePeople } from '../testing/stage.js';
import { aPersonRow } from '../testing/tables.js';

/** Letters and signs that mean something to somebody: to the language, to LIKE, to SQL. */
const signs = ['a', 'B', '0', '%', '_', '\\', "'", '!', '|', ' '];
const stored = fc.array(fc.constantFrom(...signs), { maxLength: 4 }).map((parts) => parts.join('').trim());
const people = fc.sample(fc.record({ phone: fc.option(stored, { nil: null }), city: stored }), { numRuns: 60, seed: 7 });

const word = fc.array(fc.constantFrom(...signs.filter((sign) => sign !== ' '), '*', '\\*', '\\\\'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    word,
    fc.tuple(tie('expression'), fc.constantFrom('+', ' AND ', ' OR ', '&&', '||', '++', ' '), tie('expression')).map((parts) => parts.join('')),
    tie('expression').map((inner) => `(${inner})`),
    tie('expression').map((inner) => `!${inner}`),
  ),
}));

describeOnEachEngine('A search', ({ open }) => {
  it('finds exactly whom its expression means, whatever is typed and whatever is stored', async () => {
    const rows = people.map(({ phone, city }, index) => aPersonRow(`p${index}`, { phone, city }));
    const backend = await stagePeople(await open(), rows, { block: { CustomerUserSearchFields: ['phone', 'city'] } });

    await fc.assert(
      fc.asyncProperty(expression, async (text) => {
        const meant = meaningOf(text);
        fc.pre(meant !== null);
        const expected = people.flatMap(({ phone, city }, index) => (meant([phone, city]) ? [`p${index}`] : []));

        expect((await found(backend, text)).sort()).toEqual(expected.sort());
      }),
      { numRuns: 150 },
    );
  });
});

/** The expression read in memory; `null`: it is not understood. */
function meaningOf(text: string): ((values: readonly (string | null)[]) => boolean) | null {
  try {
    const read = parseSearch(text);
    return read && ((values) => isMatch(read, values));
  } catch (error) {
    if (error instanceof SearchSyntaxError) return null;
    throw error;
  }
}

function isMatch(read: SearchExpression, values: readonly (string | null)[]): boolean {
  switch (read.kind) {
    case 'and':
      return read.parts.every((part) => isMatch(part, values));
    case 'or':
      return read.parts.some((part) => isMatch(part, values));
    case 'not':
      return !isMatch(read.part, values);
    case 'word':
      return isWordIn(read.pattern, values);
  }
}

function isWordIn(pattern: readonly WordPart[], values: readonly (string | null)[]): boolean {
  if (pattern.every((part) => part === 'any')) return true;
  const source = pattern.map((part) => (part === 'any' ? '.*' : part.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))).join('');
  return values.some((value) => value !== null && new RegExp(source, 'is').test(value));
}
