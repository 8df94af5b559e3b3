import type { SearchExpression, WordPart } from '../search-expression.js';
import { unicodeForms, type Column, type Dialect } from './dialect.js';
import { allOf, anyOf, isFalse, isTrue, sql, type Sql } from './sql.js';

export interface SearchTarget {
  readonly columns: readonly Column[];
  /** Put around every word; `*` in them is a wildcard. */
  readonly prefix: string;
  readonly suffix: string;
  readonly isCaseSensitive: boolean;
  /** Conditions on what is kept elsewhere: each finds a pattern in the values of dynamic fields. */
  readonly elsewhere: readonly ((pattern: string) => Sql)[];
}

/** The condition for a search expression: each word in any of the columns. */
export function searchCondition(expression: SearchExpression, target: SearchTarget, dialect: Dialect): Sql {
  return render(expression, false, { target, dialect });
}

interface Rendering {
  readonly target: SearchTarget;
  readonly dialect: Dialect;
}

/**
 * A negation is carried down to the words, so that no NOT stands above a comparison with NULL: that would be neither
 * true nor false, and the row would be missing.
 */
function render(expression: SearchExpression, isNegated: boolean, rendering: Rendering): Sql {
  switch (expression.kind) {
    case 'not':
      return render(expression.part, !isNegated, rendering);
    case 'word':
      return renderWord(expression.pattern, isNegated, rendering);
    case 'and':
    case 'or': {
      const parts = expression.parts.map((part) => render(part, isNegated, rendering));
      return (expression.kind === 'and') === isNegated ? anyOf(parts) : allOf(parts);
    }
  }
}

function renderWord(word: readonly WordPart[], isNegated: boolean, { target, dialect }: Rendering): Sql {
  const parts = [...wildcards(target.prefix), ...word, ...wildcards(target.suffix)];
  if (parts.every((part) => part === 'any')) return isNegated ? isFalse : isTrue;
  const comparisons = target.columns.flatMap((column) =>
    likePatterns(parts).map((pattern) => {
      const match = dialect.like(column, pattern, target.isCaseSensitive);
      if (!isNegated) return match;
      return column.isNullable ? sql`(${column.id} IS NULL OR NOT (${match}))` : sql`NOT (${match})`;
    }),
  );
  // as in the helpdesk, a dynamic field is searched for what it contains, whatever prefix and suffix say
  const contained = target.elsewhere.flatMap((condition) =>
    likePatterns(['any', ...word, 'any']).map((pattern) => (isNegated ? sql`NOT (${condition(pattern)})` : condition(pattern))),
  );
  const all = [...comparisons, ...contained];
  return isNegated ? allOf(all) : anyOf(all);
}

function wildcards(affix: string): WordPart[] {
  return affix.split(/(\*)/).flatMap((part): WordPart[] => {
    if (part === '') return [];
    return [part === '*' ? 'any' : { text: part }];
  });
}

/** Only `*` is a wildcard: `%` and `_` are plain characters. One pattern for each Unicode form of the text. */
function likePatterns(parts: readonly WordPart[]): string[] {
  const needed = parts.filter((part, index) => part !== 'any' || parts[index - 1] !== 'any');
  return unicodeForms(needed.map((part) => (part === 'any' ? '%' : part.text.replace(/[!%_]/g, '!$&'))).join(''));
}
