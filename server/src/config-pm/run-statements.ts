import { Evaluator, join, scalarText } from './evaluate-expression.js';
import { numberOf } from './perl-numbers.js';
import type { Expression, Statement, Step } from './perl-syntax.js';
import type { UnreadCode } from './perl-token.js';
import type { PerlHash, PerlUnread, PerlValue } from './perl-value.js';
import type { SourceText, Span } from './source-text.js';

const indexLimit = 10_000;

export type Note = (unread: Omit<PerlUnread, 'kind' | 'at'>, skipped: string | null) => void;

type Described = Span & { readonly text: string };

/** Where a value is put: a key of a hash, an index of an array, or a variable. */
interface Slot {
  get(): PerlValue | undefined;
  set(value: PerlValue): void;
  remove(): void;
}

/** Applies what certainly happens, in the order in which Perl would do it, and notes everything else. */
export class StatementRunner {
  private readonly evaluator: Evaluator;

  constructor(
    source: SourceText,
    root: PerlHash,
    private readonly note: Note,
  ) {
    this.evaluator = new Evaluator(source, note);
    this.evaluator.variables.set('$Self', root);
  }

  /** The file's own level runs when the helpdesk loads the file, `Load` after that. */
  run(statements: readonly Statement[]): void {
    const loads = statements.flatMap((statement) => (statement.kind === 'load' ? [statement] : []));
    this.sequence(statements.filter(({ kind }) => kind !== 'load' && kind !== 'return'));
    // Of several the last one counts, as in Perl.
    const load = loads.at(-1);
    if (load === undefined) this.note({ code: 'no-load', text: '', start: 0, end: 0 }, null);
    else this.sequence(load.body);
  }

  /** Answers whether the statements run to their end. */
  private sequence(statements: readonly Statement[]): boolean {
    for (const [index, statement] of statements.entries()) {
      if (!this.apply(statement)) {
        this.noteSkipped(statements.slice(index + 1), 'unreachable');
        return false;
      }
    }
    return true;
  }

  private apply(statement: Statement): boolean {
    switch (statement.kind) {
      case 'assign':
        this.assign(statement);
        return true;
      case 'declare':
        this.declare(statement);
        return true;
      case 'push':
        this.push(statement);
        return true;
      case 'delete':
        this.remove(statement.target, statement);
        return true;
      case 'block':
        return this.sequence(statement.body);
      case 'sometimes':
        if (!this.noteSkipped(statement.body, statement.code)) this.note(statement, null);
        return true;
      case 'unread':
        this.note(statement, null);
        return true;
      case 'return':
        return false;
      case 'load':
        return true;
    }
  }

  private assign({ target, operator, value, start, end, text }: Extract<Statement, { kind: 'assign' }>): void {
    const span = { start, end, text };
    const path = targetPath(target);
    if (target.kind === 'spread') return this.replace(target.of, value, path, span);
    const slot = this.slot(target);
    if (slot === null) return this.note({ code: 'assignment', ...span }, path);
    const earlier = slot.get();
    if (operator === '||=' || operator === '//=') {
      if (earlier?.kind === 'unread') return this.note({ code: 'condition', ...span }, path);
      if (isSet(earlier, operator)) return;
    }
    const expression: Expression =
      operator === '.=' ? { kind: 'chain', first: target, links: [{ operator: '.', right: value }], ...span } : value;
    const given = this.evaluator.value(expression, path);
    if (given.kind === 'unread') this.note(given, path);
    slot.set(given);
  }

  /** `@{ … } = (…)` and `%{ … } = (…)` replace what the container holds. */
  private replace(of: Expression, value: Expression, path: string, span: Described): void {
    const container = this.evaluator.value(of, path);
    const items = [{ expression: value, isKey: false }];
    if (container.kind === 'array') container.items.splice(0, Infinity, ...this.evaluator.array(items, path, span).items);
    else if (container.kind === 'hash') {
      const { entries } = this.evaluator.hash(items, path, span);
      container.entries.clear();
      for (const [key, entry] of entries) container.entries.set(key, entry);
    } else this.note({ code: 'assignment', ...span }, path);
  }

  private declare({ names, value, start, end, text }: Extract<Statement, { kind: 'declare' }>): void {
    const span = { start, end, text };
    if (value === 'parameters') return this.forget(names.filter((name) => name !== '$Self'), span);
    const [name, ...others] = names;
    if (name === undefined) return;
    const { variables } = this.evaluator;
    const items = value === null ? [] : [{ expression: value, isKey: false }];
    if (name.startsWith('@')) variables.set(name, this.evaluator.array(items, name, span));
    else if (name.startsWith('%')) variables.set(name, this.evaluator.hash(items, name, span));
    else if (others.length > 0) this.declareSeveral(names, value, span);
    else {
      const given = value === null ? this.evaluator.scalar(null, span) : this.evaluator.value(value, name);
      if (given.kind === 'unread') this.note(given, name);
      variables.set(name, given);
    }
  }

  private declareSeveral(names: readonly string[], value: Expression | null, span: Described): void {
    const items = value === null ? [] : [{ expression: value, isKey: false }];
    const elements = this.evaluator.flatten(items, '');
    if (elements.some((element) => element.value.kind === 'unread') || names.some((name) => !name.startsWith('$'))) {
      this.note({ code: 'assignment', ...span }, names.join(', '));
      return this.forget(names, span);
    }
    for (const [index, name] of names.entries()) {
      this.evaluator.variables.set(name, elements[index]?.value ?? this.evaluator.scalar(null, span));
    }
  }

  private forget(names: readonly string[], span: Described): void {
    for (const name of names) this.evaluator.variables.set(name, this.evaluator.unread('variable', span));
  }

  private push({ target, at, items, start, end, text }: Extract<Statement, { kind: 'push' }>): void {
    const span = { start, end, text };
    const path = targetPath(target);
    const of = target.kind === 'spread' ? target.of : target;
    const slot = this.slot(of);
    const list = slot === null ? null : this.filled(slot, 'array', of);
    if (list?.kind !== 'array') return this.note({ code: list?.kind === 'unread' ? 'variable' : 'assignment', ...span }, path);
    const values = this.evaluator.array(items, path, span).items;
    if (at === 'end') for (const value of values) list.items.push(value);
    else list.items.splice(0, 0, ...values.slice(0, indexLimit));
  }

  private remove(target: Expression, span: Described): void {
    const slot = target.kind === 'element' ? this.slot(target) : null;
    if (slot === null) this.note({ code: 'assignment', ...span }, targetPath(target));
    else slot.remove();
  }

  /** Notes every assignment among statements that are not applied; answers whether there were any. */
  private noteSkipped(statements: readonly Statement[], code: UnreadCode): boolean {
    let isAny = false;
    for (const statement of statements) {
      if (statement.kind === 'block' || statement.kind === 'sometimes') isAny = this.noteSkipped(statement.body, code) || isAny;
      if (statement.kind === 'declare') this.forget(statement.names.filter((name) => name !== '$Self'), statement);
      if (statement.kind === 'assign' || statement.kind === 'push' || statement.kind === 'delete') {
        this.note({ code, start: statement.start, end: statement.end, text: statement.text }, targetPath(statement.target));
        if (statement.target.kind === 'variable') this.forget([statement.target.name], statement);
        isAny = true;
      }
    }
    return isAny;
  }

  /** Where the target's value is; missing containers on the way come into being, as in Perl. `null`: not known. */
  private slot(target: Expression): Slot | null {
    if (target.kind === 'variable') return target.name === '$Self' ? null : this.variableSlot(target.name);
    if (target.kind !== 'element') return null;
    let slot = target.of.kind === 'variable' ? this.variableSlot(target.of.name) : this.slot(target.of);
    for (const step of target.steps) {
      const holder: PerlValue | null = slot === null ? null : this.filled(slot, step.by === 'key' ? 'hash' : 'array', target);
      slot = holder === null ? null : this.slotIn(holder, step);
    }
    return slot;
  }

  private variableSlot(name: string): Slot {
    const { variables } = this.evaluator;
    return {
      get: () => variables.get(name),
      set: (value) => variables.set(name, value),
      remove: () => variables.delete(name),
    };
  }

  private slotIn(holder: PerlValue, step: Step): Slot | null {
    const key = scalarText(this.evaluator.value(step.key, ''));
    if (key === null) return null;
    if (holder.kind === 'hash' && step.by === 'key') {
      return {
        get: () => holder.entries.get(key),
        set: (value) => holder.entries.set(key, value),
        remove: () => holder.entries.delete(key),
      };
    }
    if (holder.kind !== 'array' || step.by !== 'index') return null;
    const number = numberOf(key);
    const index = number === null ? -1 : Math.trunc(number) + (number < 0 ? holder.items.length : 0);
    if (index < 0 || index >= indexLimit) return null;
    return {
      get: () => holder.items[index],
      set: (value) => {
        while (holder.items.length < index) holder.items.push({ kind: 'scalar', value: null, at: null });
        holder.items[index] = value;
      },
      remove: () => holder.items.splice(index, 1, { kind: 'scalar', value: null, at: null }),
    };
  }

  /** The container in the slot; an empty one is put there where nothing or `undef` is. */
  private filled(slot: Slot, kind: 'hash' | 'array', span: Span): PerlValue {
    const present = slot.get();
    if (present !== undefined && !(present.kind === 'scalar' && present.value === null)) return present;
    const { at } = this.evaluator.scalar(null, span);
    const container: PerlValue = kind === 'hash' ? { kind, entries: new Map(), at } : { kind, items: [], at };
    slot.set(container);
    return container;
  }
}

/** `CustomerUser.Map[3]`; a key that is computed is a question mark. */
function targetPath(target: Expression): string {
  if (target.kind === 'spread') return targetPath(target.of);
  if (target.kind === 'variable') return target.name === '$Self' ? '' : target.name;
  if (target.kind !== 'element') return '?';
  return target.steps.reduce((path, { by, key }) => {
    const name = key.kind === 'constant' ? String(key.value) : '?';
    return by === 'key' ? join(path, name) : `${path}[${name}]`;
  }, targetPath(target.of));
}

function isSet(value: PerlValue | undefined, operator: '||=' | '//='): boolean {
  if (value === undefined) return false;
  if (value.kind !== 'scalar') return true;
  if (operator === '//=') return value.value !== null;
  return value.value !== null && value.value !== '' && value.value !== 0 && value.value !== '0';
}
