import type { BackendKind } from '../../contract/backend.js';
import type { FieldValue } from '../../contract/field.js';
import type { Validity } from '../../contract/validity.js';
import type { Deadline } from '../kernel/deadline.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';
import type { FieldMap } from './field-map.js';
import type { SearchExpression } from './search-expression.js';

/** What a backend holds of one customer user or one customer. `values` has every mapped variable but secret ones. */
export interface StoredRecord {
  readonly backendId: string;
  /** The login or the customer ID, spelled as stored. */
  readonly key: string;
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly validity: Validity;
  /** Full name of a person, name of a customer. */
  readonly name: string;
  /** Opaque; changes with every stored change, passwords included. */
  readonly version: string;
  readonly created: Date | null;
  readonly changed: Date | null;
}

/** What is asked of one backend. All conditions are joined by AND; keys and addresses compare in any case. */
export interface RecordQuery {
  /** `null`: everything. A syntax error never gets this far. */
  readonly text: SearchExpression | null;
  readonly customerId: string | null;
  /** Matched exactly against the configured mail columns (CustomerUserPostMasterSearchFields). */
  readonly email: string | null;
  /** Exactly the name of a customer. */
  readonly name?: string;
  readonly validity: 'valid' | 'invalid' | 'all';
}

/** `position` is the backend's own opaque place in its order, as it came with an earlier page. */
export interface RecordPage {
  readonly records: readonly StoredRecord[];
  /** One place per record, in the same order: where a page that follows this record begins. */
  readonly positions: readonly string[];
  readonly hasMore: boolean;
  /** More match than the backend can ever hand out, on whatever page. */
  readonly isTruncated?: boolean;
}

export interface BackendTraits {
  readonly canList: boolean;
  readonly minimumSearchLength: number;
  /** CustomerUserSearchListLimit: hits offered per search. More are reached by paging, and reported as truncated. */
  readonly listLimit: number;
  readonly isCountable: boolean;
}

/**
 * One configured place that customer users, or customers, come from. A capability is the presence of a sub-port, so
 * nobody asks for the kind of backend. Every method throws BackendUnavailable when the backend does not answer.
 */
export interface Backend {
  readonly id: string;
  readonly kind: BackendKind;
  readonly title: string;
  readonly driver: string;
  readonly fields: FieldMap;
  readonly traits: BackendTraits;
  readonly settings: BackendSettings;

  /** In the order of the key, `limit` records behind `position` (`null`: from the start). */
  search(query: RecordQuery, position: string | null, limit: number, deadline: Deadline): Promise<RecordPage>;
  /** Counts up to `cap` + 1 and no further. */
  count(query: RecordQuery, cap: number, deadline: Deadline): Promise<number>;
  find(key: string, deadline: Deadline): Promise<StoredRecord | null>;
  /** By any spelling of each key; the answer is keyed by `foldKey(key)`. */
  findMany(keys: readonly string[], deadline: Deadline): Promise<ReadonlyMap<string, StoredRecord>>;
  /** Connects and asks for one record; returns nothing, throws with a plain reason. */
  probe(deadline: Deadline): Promise<void>;
  close(): Promise<void>;

  readonly writer: Writer | null;
  readonly passwords: PasswordStore | null;
  /** `null` where records are customers themselves. */
  readonly customerIds: CustomerIds | null;
}

/** The customer IDs that valid people carry and that hold the text in any case, at most `limit` of them, in no order. */
export type CustomerIds = (text: string, limit: number, deadline: Deadline) => Promise<readonly string[]>;

/** The block's switches that the modules decide by. */
export interface BackendSettings {
  /** CustomerCompanySupport: the customer must exist. */
  readonly customerSupport: boolean;
  /** CustomerUserEmailUniqCheck: no two people of this backend share a mail address. */
  readonly uniqueEmail: boolean;
  /** AutoLoginCreation with its prefix, or `null`. */
  readonly loginPrefix: string | null;
  /** CustomerUserExcludePrimaryCustomerID. */
  readonly excludePrimaryCustomerId: boolean;
}

/** Values by Map variable; a password is never among them. */
export type Changes = Readonly<Record<string, FieldValue>>;

export interface Writer {
  /** Inserts one record with the helpdesk's audit columns. Throws `login.taken`/`customer.taken`/`customer.name-taken`. */
  create(transaction: Transaction, values: Changes): Promise<StoredRecord>;
  /** As the backend's own search, in the transaction: what it has written and what it holds locks for is seen. */
  search(transaction: Transaction, query: RecordQuery, limit: number, deadline: Deadline): Promise<readonly StoredRecord[]>;
  /** The record locked against other writers until the transaction ends. */
  lock(transaction: Transaction, key: string): Promise<StoredRecord | null>;
  /** Writes the named variables and nothing else; key and audit columns included where they change. */
  update(transaction: Transaction, key: string, changes: Changes): Promise<StoredRecord>;
  /**
   * People of one customer get another customer ID: up to `limit` of them, from `position` on (`null`: from the start).
   * Again and again until there is no position any more.
   */
  moveMembers(transaction: Transaction, move: MemberMove, position: string | null, limit: number): Promise<MovedMembers>;
  /** How many list the customer ID beside their own one. */
  countListed(customerId: string, deadline: Deadline): Promise<number>;
}

/** `own`: whose customer it is; `listed`: who names it among others (UserCustomerIDs). */
export interface MemberMove {
  readonly from: string;
  readonly to: string;
  readonly through: 'own' | 'listed';
}

export interface MovedMembers {
  readonly keys: readonly string[];
  /** Whose column cannot hold the new ID: they keep the old one. */
  readonly refused: readonly string[];
  /** `null`: nobody is left. */
  readonly position: string | null;
}

/** Hashes in, yes or no out: a hash never leaves the store. */
export interface PasswordStore {
  set(transaction: Transaction, key: string, hash: string): Promise<void>;
  /** Runs `matches` on the stored value (`null`: none stored) without handing it further. */
  verify(key: string, matches: (stored: string | null) => Promise<boolean>, deadline: Deadline): Promise<boolean>;
}

export { foldKey } from '../kernel/fold-key.js';
