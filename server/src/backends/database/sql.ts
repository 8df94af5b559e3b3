import type { Engine } from '../../platform/persistence/database.js';
import { placeholder } from '../../platform/persistence/sql.js';

export type Bindable = string | number | null;

/** A piece of SQL with its values beside it: text and values never mix before the database puts them together. */
export class Sql {
  /** One more text than values: each value stands between two texts. */
  constructor(
    readonly texts: readonly string[],
    readonly values: readonly Bindable[],
  ) {}
}

/** `` sql`${column} = ${value}` ``: pieces are taken in, everything else is bound. */
export function sql(texts: TemplateStringsArray, ...parts: readonly (Sql | Bindable)[]): Sql {
  return parts.reduce<Sql>(
    (built, part, index) => {
      const piece = part instanceof Sql ? part : new Sql(['', ''], [part]);
      return joined(joined(built, piece), trusted(texts[index + 1] ?? ''));
    },
    trusted(texts[0] ?? ''),
  );
}

/** SQL of our own making. Never with anything from a request; names only after they were found in the schema. */
export function trusted(text: string): Sql {
  return new Sql([text], []);
}

export function list(pieces: readonly Sql[], separator: ', ' | ' AND ' | ' OR '): Sql {
  const [first = trusted(''), ...others] = pieces;
  const texts: string[] = [...first.texts];
  const values: Bindable[] = [...first.values];
  for (const piece of others) {
    texts[texts.length - 1] += separator + (piece.texts[0] ?? '');
    texts.push(...piece.texts.slice(1));
    values.push(...piece.values);
  }
  return new Sql(texts, values);
}

export const isTrue = trusted('1 = 1');
export const isFalse = trusted('1 = 0');

export function allOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? isTrue : sql`(${list(conditions, ' AND ')})`;
}

export function anyOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? isFalse : sql`(${list(conditions, ' OR ')})`;
}

/** The statement with the engine's placeholders. */
export function compile({ texts, values }: Sql, engine: Engine): { readonly text: string; readonly values: readonly Bindable[] } {
  const text = texts.reduce((built, next, index) => built + placeholder(engine, index) + next);
  return { text, values };
}

function joined(left: Sql, right: Sql): Sql {
  const seam = (left.texts.at(-1) ?? '') + (right.texts[0] ?? '');
  return new Sql([...left.texts.slice(0, -1), seam, ...right.texts.slice(1)], [...left.values, ...right.values]);
}
