import { AndFilter, EqualityFilter, NotFilter, OrFilter, PresenceFilter, SubstringFilter, type BerWriter, type Filter } from 'ldapts';
import type { SearchExpression, WordPart } from '../search-expression.js';
import type { LdapCharset } from './ldap-charset.js';

/** Where a search text is looked for, and how it is written there. */
export interface SearchTarget {
  readonly attributes: readonly string[];
  /** Put around every word; `*` in them is a wildcard. */
  readonly prefix: string;
  readonly suffix: string;
  readonly charset: LdapCharset;
}

/** Every entry has a class. */
export const everything: Filter = new PresenceFilter({ attribute: 'objectClass' });
export const nothing: Filter = new NotFilter({ filter: everything });

/**
 * The filter for a search expression: each word in any of the attributes. Filters are objects, never texts put together,
 * so that no typed character can mean anything (RFC 4515 is the business of whoever writes them down).
 */
export function searchFilter(expression: SearchExpression, target: SearchTarget): Filter {
  switch (expression.kind) {
    case 'not':
      return not(searchFilter(expression.part, target));
    case 'word':
      return wordFilter(fullPattern(expression.pattern, target), target);
    case 'and':
      return allOf(expression.parts.map((part) => searchFilter(part, target)));
    case 'or':
      return anyOf(expression.parts.map((part) => searchFilter(part, target)));
  }
}

/** The whole value; an empty one is a missing one. */
export function equals(attribute: string, value: string, charset: LdapCharset): Filter {
  if (value === '') return not(present(attribute));
  const bytes = charset.encode(value);
  if (bytes === null) return nothing;
  return new EqualityFilter({ attribute, value: charset.isUtf8 ? value : bytes });
}

export function present(attribute: string): Filter {
  return new PresenceFilter({ attribute });
}

export function not(filter: Filter): Filter {
  return new NotFilter({ filter });
}

export function allOf(filters: readonly Filter[]): Filter {
  const needed = filters.filter((filter) => filter !== everything);
  return needed.length > 1 ? new AndFilter({ filters: needed }) : (needed[0] ?? everything);
}

export function anyOf(filters: readonly Filter[]): Filter {
  if (filters.includes(everything)) return everything;
  return filters.length > 1 ? new OrFilter({ filters: [...filters] }) : (filters[0] ?? nothing);
}

/** The word with prefix and suffix around it, without neighbours that mean one. */
export function fullPattern(word: readonly WordPart[], { prefix, suffix }: Pick<SearchTarget, 'prefix' | 'suffix'>): WordPart[] {
  const pattern: WordPart[] = [];
  for (const part of [...wildcards(prefix), ...word, ...wildcards(suffix)]) {
    const last = pattern.at(-1);
    if (part === 'any') {
      if (last !== 'any') pattern.push(part);
    } else if (last === undefined || last === 'any') pattern.push(part);
    else pattern.splice(-1, 1, { text: last.text + part.text });
  }
  return pattern;
}

function wordFilter(pattern: readonly WordPart[], { attributes, charset }: SearchTarget): Filter {
  const [first] = pattern;
  if (pattern.every((part) => part === 'any')) return everything;
  if (pattern.length === 1 && first !== undefined && first !== 'any') {
    return anyOf(attributes.map((attribute) => equals(attribute, first.text, charset)));
  }
  if (pattern.some((part) => part !== 'any' && charset.encode(part.text) === null)) return nothing;
  return anyOf(attributes.map((attribute) => substring(attribute, pattern, charset)));
}

function substring(attribute: string, pattern: readonly WordPart[], charset: LdapCharset): Filter {
  const texts = pattern.map((part, index) => ({ part, index })).flatMap(({ part, index }) => (part === 'any' ? [] : [{ text: part.text, index }]));
  const at = (wanted: number): string => texts.find(({ index }) => index === wanted)?.text ?? '';
  const last = pattern.length - 1;
  const any = texts.filter(({ index }) => index > 0 && index < last).map(({ text }) => text);
  const options = { attribute, initial: at(0), any, final: at(last) };
  return charset.isUtf8 ? new SubstringFilter(options) : new EncodedSubstringFilter(options, charset);
}

/** The library writes texts in UTF-8 only. */
class EncodedSubstringFilter extends SubstringFilter {
  constructor(
    options: { attribute: string; initial: string; any: string[]; final: string },
    private readonly charset: LdapCharset,
  ) {
    super(options);
  }

  override writeFilter(writer: BerWriter): void {
    writer.writeString(this.attribute);
    writer.startSequence();
    // Tags of RFC 4511, section 4.5.1.7.2: initial, any, final.
    if (this.initial !== '') this.writePart(writer, this.initial, 0x80);
    for (const text of this.any) this.writePart(writer, text, 0x81);
    if (this.final !== '') this.writePart(writer, this.final, 0x82);
    writer.endSequence();
  }

  private writePart(writer: BerWriter, text: string, tag: number): void {
    writer.writeBuffer(this.charset.encode(text) ?? Buffer.alloc(0), tag);
  }
}

function wildcards(affix: string): WordPart[] {
  return affix.split(/(\*)/).flatMap((part): WordPart[] => {
    if (part === '') return [];
    return [part === '*' ? 'any' : { text: part }];
  });
}
