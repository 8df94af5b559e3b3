import type { BackendKind } from '../../contract/backend.js';
import type { CustomerIdList } from '../../contract/customer-id.js';
import type { BackendReport } from '../../contract/page.js';
import type { ProblemCode } from '../../contract/problem.js';
import { deadlineIn, withDeadline, type Deadline } from '../kernel/deadline.js';
import { DomainError, NotFound, ValidationFailed } from '../kernel/errors.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';
import { askBackends, requireAnswers, type Answer } from './ask-backends.js';
import { foldKey, type Backend, type RecordQuery, type StoredRecord } from './backend.js';
import type { BackendRegistry } from './backend-registry.js';
import { findNow } from './cache/cached-backend.js';
import { collectPage, emptyPage, reportOn, type DirectoryPage, type ListedRecord } from './directory-page.js';
import { parseSearch } from './search-expression.js';
import { SearchSyntaxError } from './search-syntax-error.js';

/** A record and the backend it belongs to: the first one, in the configured order, that knows its key. */
export interface OwnedRecord {
  readonly backend: Backend;
  readonly record: StoredRecord;
}

/** A record, and which other backends have one of the same key. */
export interface TwinRecord extends ListedRecord {
  /** Later ones; `null`: one of them gave no answer in time. */
  readonly shadows: readonly string[] | null;
}

/** What is known of many keys. Where a backend failed, a key that is missing here is unknown, and not absent. */
export interface FoundRecords {
  /** By `foldKey(key)`. */
  readonly owned: ReadonlyMap<string, OwnedRecord>;
  readonly isComplete: boolean;
  readonly reports: readonly BackendReport[];
}

export interface DirectoryQuery {
  /** As it was typed; `null` and blank: everything. */
  readonly search: string | null;
  readonly backendId: string | null;
  readonly customerId: string | null;
  readonly email: string | null;
  readonly validity: RecordQuery['validity'];
  /** `null`: as many as the backends' configuration offers. */
  readonly limit: number | null;
  readonly cursor: string | null;
}

/** All backends of one kind as one: rows of all of them, and a report on each. */
export abstract class Directory {
  protected abstract readonly kind: BackendKind;
  protected abstract readonly taken: { readonly code: ProblemCode; readonly path: string };

  constructor(private readonly registry: Pick<BackendRegistry, 'ofKind'>) {}

  /** In the order of precedence. */
  get backends(): readonly Backend[] {
    return this.registry.ofKind(this.kind);
  }

  /**
   * One page. A backend that fails costs its own rows and is reported. Throws `validation.failed` for an unknown
   * backend, a foreign or forged cursor, and characters that no stored text holds.
   */
  async page(query: DirectoryQuery, deadline: Deadline): Promise<DirectoryPage> {
    requireStorable({ search: query.search, customerId: query.customerId, email: query.email });
    const { limit, cursor, ...conditions } = query;
    const asked = this.asked(query.backendId);
    try {
      const text = query.search === null ? null : parseSearch(query.search);
      const { backendId: _, search: __, ...rest } = conditions;
      return await collectPage({
        all: this.backends,
        asked,
        shadowed: query.backendId === null ? 'hidden' : 'shown',
        recordQuery: { ...rest, text },
        identity: { kind: this.kind, ...conditions },
        limit,
        cursor,
        deadline,
      });
    } catch (error) {
      if (error instanceof SearchSyntaxError) return emptyPage(asked, error);
      throw error;
    }
  }

  /**
   * By any spelling of the key: of the first that answers and knows it. Throws BackendUnavailable when nobody does and
   * one of them cannot be asked: unknown is not missing.
   */
  async find(key: string, deadline: Deadline): Promise<OwnedRecord | null> {
    return firstKnown(this.ask((backend) => backend.find(key, deadline)));
  }

  /**
   * For showing: the owner's record, or with `backendId` the one that this backend has. Throws NotFound,
   * BackendUnavailable as `find` does, and `validation.failed` for an unknown backend. Twins never fail it.
   */
  async findWithTwins(key: string, backendId: string | null, deadline: Deadline): Promise<TwinRecord> {
    const wanted = this.asked(backendId).map((backend) => this.backends.indexOf(backend));
    const askings = this.ask((backend) => backend.find(key, deadline));
    const found = await firstKnown(askings.filter((_, index) => wanted.includes(index)));
    if (!found) throw new NotFound();
    const place = this.backends.indexOf(found.backend);
    const patience = deadlineIn(Math.min(twinPatienceMs, deadline.remainingMs()));
    const answers = await Promise.all(askings.map((asking) => withDeadline(patience, asking, () => new Error('late')).catch(() => null)));
    const isUnknown = answers.slice(place + 1).some((answer) => answer === null || 'failure' in answer);
    const idsOf = (some: typeof answers): string[] => some.flatMap((answer) => (answer && 'value' in answer && answer.value ? [answer.backend.id] : []));
    return { ...found, shadowedBy: idsOf(answers.slice(0, place))[0] ?? null, shadows: isUnknown ? null : idsOf(answers.slice(place + 1)) };
  }

  /** The same for whoever is about to write, so past every cache; throws NotFound where `find` answers `null`. */
  async findOwner(key: string, deadline: Deadline): Promise<OwnedRecord> {
    const owned = await firstKnown(this.ask((backend) => findNow(backend, key, deadline)));
    if (!owned) throw new NotFound();
    return owned;
  }

  /** Many at once, each backend asked once. Never throws for a backend that fails: it is named in the reports. */
  async findMany(keys: readonly string[], deadline: Deadline): Promise<FoundRecords> {
    const answers = keys.length === 0 ? [] : await Promise.all(this.ask((backend) => backend.findMany(keys, deadline)));
    const owned = new Map<string, OwnedRecord>();
    const failures = new Map<string, Date>();
    for (const answer of answers) {
      if ('failure' in answer) failures.set(answer.backend.id, answer.since);
      else for (const [key, record] of answer.value) if (!owned.has(key)) owned.set(key, { backend: answer.backend, record });
    }
    const reports = this.backends.map((backend) => reportOn(backend, { failures, waiting: [], truncated: [] }));
    return { owned, isComplete: failures.size === 0, reports };
  }

  /** For creating and renaming: throws `login.taken` or `customer.taken`, and BackendUnavailable unless all answered. */
  async requireAbsent(key: string, deadline: Deadline): Promise<void> {
    const answers = await Promise.all(this.ask((backend) => findNow(backend, key, deadline)));
    if (answers.some((answer) => 'value' in answer && answer.value !== null)) {
      throw this.takenError();
    }
    requireAnswers(answers);
  }

  /**
   * The same once more, while the transaction holds the key's lock: whoever made it meanwhile did so in a backend that
   * can be written. Only the transaction's own connections are used: writers that wait for the lock may hold all others.
   */
  async requireAbsentNow(transaction: Transaction, key: string): Promise<void> {
    for (const { writer } of this.backends) {
      if (writer !== null && (await writer.lock(transaction, key)) !== null) throw this.takenError();
    }
  }

  /** Whether there is any record, of whatever validity. Throws BackendUnavailable when nobody who answers has one. */
  async hasAny(deadline: Deadline): Promise<boolean> {
    const answers = await Promise.all(this.ask((backend) => backend.search(everything, null, 1, deadline)));
    if (answers.some((answer) => 'value' in answer && answer.value.records.length > 0)) return true;
    requireAnswers(answers);
    return false;
  }

  private takenError(): DomainError {
    return new DomainError(this.taken.code, { issues: [{ path: this.taken.path, code: 'taken' }] });
  }

  private ask<T>(question: (backend: Backend) => Promise<T>) {
    return askBackends(this.backends, question);
  }

  private asked(backendId: string | null): readonly Backend[] {
    if (backendId === null) return this.backends;
    const backend = this.backends.find(({ id }) => id === backendId);
    if (!backend) throw new ValidationFailed([{ path: 'backend', code: 'unknown' }]);
    return [backend];
  }
}

export class CustomerUserDirectory extends Directory {
  protected readonly kind = 'customer-user';
  protected readonly taken = { code: 'login.taken', path: 'login' } as const;

  /** In any case each once, in order; a backend that fails costs its own. Throws `validation.failed` for characters that no stored text holds. */
  async customerIds(text: string, limit: number, deadline: Deadline): Promise<CustomerIdList> {
    requireStorable({ search: text });
    const question = async ({ customerIds }: Backend) => (customerIds === null ? [] : customerIds(text, limit + 1, deadline));
    const answers = await Promise.all(askBackends(this.backends, question));
    const failures = new Map<string, Date>();
    const ids = new Map<string, string>();
    for (const answer of answers) {
      if ('failure' in answer) failures.set(answer.backend.id, answer.since);
      else for (const id of answer.value) if (!ids.has(foldKey(id))) ids.set(foldKey(id), id);
    }
    const truncated = answers.flatMap((answer) => ('value' in answer && answer.value.length > limit ? [answer.backend.id] : []));
    const items = [...ids].sort(([one], [other]) => (one < other ? -1 : 1)).slice(0, limit).map(([, id]) => id);
    return { items, reports: this.backends.map((backend) => reportOn(backend, { failures, waiting: [], truncated })) };
  }
}

export class CustomerDirectory extends Directory {
  protected readonly kind = 'customer';
  protected readonly taken = { code: 'customer.taken', path: 'customerId' } as const;
}

/** A record is shown without its twins where they are slow. */
const twinPatienceMs = 1_500;

/**
 * In the order of precedence. One that fails may have had it too, and costs nobody else's records; where nobody who
 * answers has it, that one's failure is thrown.
 */
async function firstKnown(askings: readonly Promise<Answer<StoredRecord | null>>[]): Promise<OwnedRecord | null> {
  const failures: DomainError[] = [];
  for (const asking of askings) {
    const answer = await asking;
    if ('failure' in answer) failures.push(answer.failure);
    else if (answer.value) return { backend: answer.backend, record: answer.value };
  }
  const [failure] = failures;
  if (failure) throw failure;
  return null;
}

const everything: RecordQuery = { text: null, customerId: null, email: null, validity: 'all' };

/** NUL and half characters are in no stored text, and not every engine takes them as a value. */
function requireStorable(texts: Readonly<Record<string, string | null>>): void {
  const issues = Object.entries(texts)
    .filter(([, text]) => text !== null && /\0|\p{Cs}/u.test(text))
    .map(([path]) => ({ path, code: 'characters' }));
  if (issues.length > 0) throw new ValidationFailed(issues);
}
