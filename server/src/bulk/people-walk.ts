import { Injectable } from '@nestjs/common';
import type { BulkRelation } from '../../contract/job.js';
import {
  type Backend, CustomerUserDirectory, parseSearch, type RecordQuery, SearchSyntaxError, type StoredRecord,
} from '../backends/index.js';
import type { Deadline } from '../kernel/deadline.js';
import { ValidationFailed } from '../kernel/errors.js';

type BulkSearch = BulkRelation['search'];

/** Where a walk goes on: in this backend, behind this place of its own order. */
export interface WalkPlace {
  readonly backendId: string;
  readonly position: string | null;
}

export interface WalkedPeople {
  readonly backend: Backend;
  /** Backends that could own somebody of these instead. */
  readonly earlier: readonly string[];
  readonly records: readonly StoredRecord[];
  /** The backend has more than it can ever hand out. */
  readonly isTruncated: boolean;
  /** `null`: that was all. */
  readonly next: WalkPlace | null;
}

/** Everybody whom a search finds, backend by backend, a part at a time. Who is shadowed by an earlier backend comes twice. */
@Injectable()
export class PeopleWalk {
  constructor(private readonly people: CustomerUserDirectory) {}

  /** Throws `validation.failed` for a search that is not understood, and where a directory lists nobody without one. */
  backendsFor(search: BulkSearch): Backend[] {
    const query = recordQuery(search);
    const asked = this.people.backends.filter(({ id }) => search.backend === undefined || search.backend === id);
    if (asked.length === 0) throw new ValidationFailed([{ path: 'search.backend', code: 'unknown' }]);
    if (asked.some(({ traits }) => !traits.canList && query.text === null && query.customerId === null)) {
      throw new ValidationFailed([{ path: 'search.search', code: 'search-required' }]);
    }
    return asked;
  }

  /** Throws BackendUnavailable: people who cannot be asked for are not left out silently. */
  async read(search: BulkSearch, place: WalkPlace | null, limit: number, deadline: Deadline): Promise<WalkedPeople | null> {
    const backends = this.backendsFor(search);
    const backend = place === null ? backends[0] : backends.find(({ id }) => id === place.backendId);
    if (backend === undefined) return null;
    const { records, positions, hasMore, isTruncated = false } = await backend.search(recordQuery(search), place?.position ?? null, limit, deadline);
    const following = backends[backends.indexOf(backend) + 1];
    const next = hasMore
      ? { backendId: backend.id, position: positions.at(-1) ?? null }
      : following === undefined ? null : { backendId: following.id, position: null };
    const all = this.people.backends.map(({ id }) => id);
    return { backend, earlier: all.slice(0, all.indexOf(backend.id)), records, isTruncated, next };
  }

  /** How many of one backend match, up to `cap` + 1; `null`: it cannot count, or does not answer. */
  async count(backend: Backend, search: BulkSearch, cap: number, deadline: Deadline): Promise<number | null> {
    if (!backend.traits.isCountable) return null;
    return backend.count(recordQuery(search), cap, deadline).catch(() => null);
  }
}

function recordQuery({ search, customerId, validity }: BulkSearch): RecordQuery {
  try {
    const text = search === undefined ? null : parseSearch(search);
    return { text, customerId: customerId ?? null, email: null, validity };
  } catch (error) {
    if (error instanceof SearchSyntaxError) {
      throw new ValidationFailed([{ path: 'search.search', code: 'invalid-format', params: { position: error.position } }]);
    }
    throw error;
  }
}
