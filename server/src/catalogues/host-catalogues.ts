import type { Count } from '../../contract/page.js';
import type { Validity } from '../../contract/validity.js';
import type { Deadline } from '../kernel/deadline.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';

/** One group, or one service with its whole path as the name. */
export interface CatalogueEntry {
  readonly id: number;
  readonly name: string;
  readonly comment: string;
  readonly validity: Validity;
  /** Opaque; changes with every stored change. */
  readonly version: string;
}

/** What a relation tells of a group or a service. */
export type CatalogueName = Pick<CatalogueEntry, 'id' | 'name' | 'validity'>;

export interface CatalogueSearch {
  /** Part of the name in any case; every character means itself. */
  readonly search: string | null;
  readonly validity: 'valid' | 'invalid' | 'all';
  readonly limit: number;
  readonly cursor: string | null;
}

export interface CataloguePage {
  readonly entries: readonly CatalogueEntry[];
  readonly nextCursor: string | null;
  readonly count: Count;
}

/** The host's groups or its services, wherever it keeps them. Where they cannot be asked, it throws `database.unavailable`. */
export interface HostCatalogue {
  /** In the order of the name; of services each behind the one it is below. Throws `validation.failed` on a forged cursor. */
  page(search: CatalogueSearch, deadline: Deadline): Promise<CataloguePage>;
  /** All there are, in no order: relations to them are searched and put in order by whoever asks. */
  names(signal: AbortSignal): Promise<readonly CatalogueName[]>;
  /** Those that are there, in no order. */
  findMany(ids: readonly number[], deadline: Deadline): Promise<readonly CatalogueEntry[]>;
  /** By exactly these names. */
  findNamed(names: readonly string[], deadline: Deadline): Promise<readonly CatalogueEntry[]>;
  /** `null`: the host looks after it itself, and it can only be read from here. */
  readonly writer: CatalogueWriter | null;
}

export interface NewEntry {
  readonly name: string;
  readonly comment: string;
  readonly validity: Validity;
}

export interface CatalogueWriter {
  /** Characters at most, as the columns of this helpdesk have them. */
  readonly lengths: { readonly name: number; readonly comment: number };
  /** Kept from other writers until the transaction ends. */
  lock(transaction: Transaction, id: number): Promise<CatalogueEntry | null>;
  /** Whoever has the name in any case. */
  findTaken(transaction: Transaction, names: readonly string[]): Promise<readonly CatalogueEntry[]>;
  /** All whose path begins with this one; of groups there are none. */
  findBelow(transaction: Transaction, name: string): Promise<readonly CatalogueEntry[]>;
  /** Throws UniqueViolation where the database takes the name for one it has. */
  insert(transaction: Transaction, entry: NewEntry): Promise<CatalogueEntry>;
  update(transaction: Transaction, id: number, changes: Partial<NewEntry>): Promise<CatalogueEntry>;
}

/** What of the host's own lists relations lead to. */
export abstract class HostCatalogues {
  abstract readonly groups: HostCatalogue;
  abstract readonly services: HostCatalogue;
}
