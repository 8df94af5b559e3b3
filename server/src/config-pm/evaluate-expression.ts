import { calculate, numberOf, numberText } from './perl-numbers.js';
import type { Expression, Item, Link, Step, Unread } from './perl-syntax.js';
import type { TextPart, UnreadCode } from './perl-token.js';
import type { PerlArray, PerlHash, PerlScalar, PerlUnread, PerlValue } from './perl-value.js';
import type { SourceText, Span } from './source-text.js';

/** What one file may make: enough for the largest real one, little enough for a hostile one. */
const valueLimit = 300_000;
const textLimit = 16_000_000;
const listLimit = 10_000;

/** One element of a flattened list. */
export interface Element {
  readonly value: PerlValue;
  readonly isKey: boolean;
}

export type Report = (unread: PerlUnread, skipped: string) => void;

/** Gives expressions their values. Calls nothing, opens nothing, loops over nothing but the file's own text. */
export class Evaluator {
  private valuesLeft = valueLimit;
  private charactersLeft = textLimit;
  readonly variables = new Map<string, PerlValue>();

  constructor(
    private readonly source: SourceText,
    private readonly report: Report,
  ) {}

  /** In scalar context; `path` names the key that the value is for. */
  value(expression: Expression, path: string): PerlValue {
    this.valuesLeft -= 1;
    if (this.valuesLeft < 0) return this.unread('too-large', expression);
    switch (expression.kind) {
      case 'constant':
        return this.scalar(expression.value, expression);
      case 'text':
        return this.text(expression.parts, expression);
      case 'array':
        return this.array(expression.items, path, expression);
      case 'hash':
        return this.hash(expression.items, path, expression);
      case 'list': {
        const [only, ...others] = expression.items;
        return only !== undefined && others.length === 0 ? this.value(only.expression, path) : this.unread('operator', expression);
      }
      case 'variable':
        return this.known(this.variables.get(expression.name), 'variable', expression);
      case 'element':
        return this.element(expression);
      case 'reference':
        return this.reference(expression.to, path);
      case 'chain':
        return this.chain(expression, path);
      case 'spread':
        return this.unread('operator', expression);
      case 'unread':
        return this.unread(expression.code, expression);
    }
  }

  /** In list context: lists and known spreads are laid flat. What is unread stays in as one element. */
  flatten(items: readonly Item[], path: string): readonly Element[] {
    const elements: Element[] = [];
    for (const { expression, isKey } of items) {
      if (isFlattened(expression)) for (const element of this.elements(expression, path)) elements.push(element);
      else elements.push({ value: this.value(expression, path), isKey });
    }
    return elements;
  }

  private elements(expression: Expression, path: string): readonly Element[] {
    if (expression.kind === 'list') return this.flatten(expression.items, path);
    if (expression.kind === 'spread') return this.spread(expression.of, expression);
    const link = expression.kind === 'chain' ? expression.links[0] : undefined;
    if (expression.kind === 'chain' && expression.first.kind === 'list' && link?.operator === 'x') return this.repeatList(expression.first.items, link, path);
    return [{ value: this.value(expression, path), isKey: false }];
  }

  array(items: readonly Item[], path: string, span: Span): PerlArray {
    const values: PerlValue[] = [];
    for (const { expression, isKey } of items) {
      for (const { value } of this.flatten([{ expression, isKey }], `${path}[${values.length}]`)) {
        // Of a list that is not known nobody can say which element it is.
        if (value.kind === 'unread') this.report(value, expression.kind === 'list' || expression.kind === 'spread' ? path : `${path}[${values.length}]`);
        values.push(value);
      }
    }
    return { kind: 'array', items: values, at: this.source.placeOf(span.start) };
  }

  hash(items: readonly Item[], path: string, span: Span): PerlHash {
    const entries = new Map<string, PerlValue>();
    let key: string | null = null;
    let isKeyUnread = false;
    for (const item of items) {
      for (const { value, isKey } of this.flatten([item], key === null ? path : join(path, key))) {
        if (key !== null) {
          if (value.kind === 'unread') this.report(value, join(path, key));
          entries.set(key, value);
          key = null;
        } else if (isKeyUnread) isKeyUnread = false;
        else {
          key = scalarText(value);
          isKeyUnread = key === null && isKey;
          if (key === null) this.report(value.kind === 'unread' ? value : this.unread('operator', item.expression), path);
        }
      }
    }
    if (key !== null) entries.set(key, this.scalar(null, span));
    return { kind: 'hash', entries, at: this.source.placeOf(span.start) };
  }

  /** The child of a container, or why there is none. */
  child(holder: PerlValue, step: Step, span: Span): PerlValue {
    if (holder.kind === 'unread') return holder;
    const key = this.value(step.key, '');
    if (key.kind !== 'scalar') return this.unread(key.kind === 'unread' ? key.code : 'operator', span);
    return this.lookUp(holder, step.by, key.value, span);
  }

  unread(code: UnreadCode, span: Span & Partial<Pick<Unread, 'text'>>): PerlUnread {
    const { start, end, text = '' } = span;
    return { kind: 'unread', code, text, start, end, at: this.source.placeOf(start) };
  }

  scalar(value: string | number | null, span: Span): PerlScalar {
    return { kind: 'scalar', value, at: this.source.placeOf(span.start) };
  }

  private lookUp(holder: PerlValue, by: Step['by'], key: string | number | null, span: Span): PerlValue {
    if (holder.kind === 'hash' && by === 'key') {
      return this.known(holder.entries.get(typeof key === 'number' ? numberText(key) : (key ?? '')), 'not-set', span);
    }
    const index = typeof key === 'number' ? key : numberOf(key ?? '');
    if (holder.kind === 'array' && by === 'index' && index !== null) return this.known(holder.items.at(Math.trunc(index)), 'not-set', span);
    return this.unread('operator', span);
  }

  /** What is unread was reported where it stands; here its use is. */
  private known(value: PerlValue | undefined, otherwise: UnreadCode, span: Span): PerlValue {
    if (value === undefined) return this.unread(otherwise, span);
    return value.kind === 'unread' ? this.unread('variable', span) : value;
  }

  private element({ of, steps, ...span }: Extract<Expression, { kind: 'element' }>): PerlValue {
    let value = this.value(of, '');
    for (const step of steps) value = this.child(value, step, span);
    return value.kind === 'unread' ? this.unread(value.code, span) : value;
  }

  private reference(to: Expression, path: string): PerlValue {
    if (to.kind === 'spread' && to.of.kind === 'variable') return this.known(this.variables.get(to.of.name), 'variable', to);
    return to.kind === 'spread' ? this.value(to.of, path) : this.unread('operator', to);
  }

  private spread(of: Expression, span: Span): readonly Element[] {
    const holder = this.value(of, '');
    if (holder.kind === 'array') return this.affordable(holder.items.map((value) => ({ value, isKey: false })), span);
    if (holder.kind !== 'hash') return [{ value: this.unread(holder.kind === 'unread' ? holder.code : 'operator', { text: '', ...span }), isKey: false }];
    const elements: Element[] = [];
    for (const [key, value] of holder.entries) elements.push({ value: { kind: 'scalar', value: key, at: value.at }, isKey: true }, { value, isKey: false });
    return this.affordable(elements, span);
  }

  private repeatList(items: readonly Item[], { right }: Link, path: string): readonly Element[] {
    const elements = this.flatten(items, path);
    const times = scalarNumber(this.value(right, path));
    if (times === null || elements.length * times > listLimit) return [{ value: this.unread('too-large', right), isKey: false }];
    return this.affordable(Array.from({ length: Math.max(0, Math.trunc(times)) }, () => elements).flat(), right);
  }

  private affordable(elements: readonly Element[], span: Span): readonly Element[] {
    this.valuesLeft -= elements.length;
    return this.valuesLeft < 0 ? [{ value: this.unread('too-large', span), isKey: false }] : elements;
  }

  private text(parts: readonly TextPart[], span: Span): PerlValue {
    let text = '';
    for (const part of parts) {
      if (typeof part !== 'string' && 'unread' in part) return this.unread(part.unread, span);
      const value = typeof part === 'string' ? this.scalar(part, span) : this.interpolated(part.variable, part.path, span);
      const known = scalarText(value);
      if (known === null) return this.unread(value.kind === 'unread' ? value.code : 'interpolation', span);
      if (!this.affords(known.length)) return this.unread('too-large', span);
      text += known;
    }
    return this.scalar(text, span);
  }

  /** `$x`, `$x->{a}` or, where only such a variable is known, `$x{a}`. */
  private interpolated(name: string, path: readonly (string | number)[], span: Span): PerlValue {
    const [first] = path;
    const holder = first === undefined ? undefined : this.variables.get(`${typeof first === 'number' ? '@' : '%'}${name}`);
    let value = this.variables.get(`$${name}`) ?? holder ?? this.unread('variable', span);
    for (const key of path) {
      if (value.kind === 'unread') return value;
      value = this.lookUp(value, typeof key === 'number' ? 'index' : 'key', key, span);
    }
    return value;
  }

  private chain({ first, links, ...span }: Extract<Expression, { kind: 'chain' }>, path: string): PerlValue {
    let left = this.value(first, path);
    for (const { operator, right } of links) {
      const operand = this.value(right, path);
      if (left.kind === 'unread') return left;
      if (operand.kind === 'unread') return operand;
      left = this.combine(left, operator, operand, span);
    }
    return left;
  }

  private combine(left: PerlValue, operator: Link['operator'], right: PerlValue, span: Span): PerlValue {
    if (operator === '.' || operator === 'x') return this.combineTexts(scalarText(left), operator, right, span);
    const [one, other] = [scalarNumber(left), scalarNumber(right)];
    const result = one === null || other === null ? null : calculate(operator, one, other);
    return result === null ? this.unread('number', span) : this.scalar(result, span);
  }

  private combineTexts(left: string | null, operator: '.' | 'x', right: PerlValue, span: Span): PerlValue {
    if (left === null) return this.unread('operator', span);
    if (operator === '.') {
      const text = scalarText(right);
      if (text === null) return this.unread('operator', span);
      return this.affords(left.length + text.length) ? this.scalar(left + text, span) : this.unread('too-large', span);
    }
    const times = scalarNumber(right);
    if (times === null) return this.unread('number', span);
    const count = Math.max(0, Math.trunc(times));
    return this.affords(left.length * count) && count <= textLimit ? this.scalar(left.repeat(count), span) : this.unread('too-large', span);
  }

  private affords(characters: number): boolean {
    if (characters > this.charactersLeft) return false;
    this.charactersLeft -= characters;
    return true;
  }
}

/** Whether it may stand for any number of elements. */
function isFlattened({ kind }: Expression): boolean {
  return kind === 'list' || kind === 'spread' || kind === 'chain';
}

export function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** `undef` is the empty text, as Perl has it. */
export function scalarText(value: PerlValue): string | null {
  if (value.kind !== 'scalar') return null;
  return typeof value.value === 'number' ? numberText(value.value) : (value.value ?? '');
}

function scalarNumber(value: PerlValue): number | null {
  if (value.kind !== 'scalar' || value.value === null) return null;
  return typeof value.value === 'number' ? value.value : numberOf(value.value);
}
