import { Injectable } from '@nestjs/common';
import type { BackendReport } from '../../contract/page.js';
import type { CustomerEnd, CustomerUserEnd, GroupEnd, ServiceEnd } from '../../contract/relation.js';
import type { Validity } from '../../contract/validity.js';
import { CustomerDirectory, CustomerUserDirectory, type OwnedRecord } from '../backends/index.js';
import { HostCatalogues, type CatalogueName } from '../catalogues/index.js';
import type { Deadline } from '../kernel/deadline.js';
import { foldKey } from '../kernel/fold-key.js';
import { textOf } from '../records/record-fields.js';
import { isNumbered, type EndKind } from './relation.js';

/** One end of a relation, as far as it is known. */
export interface End {
  /** Spelled as in the record; of whoever has none, as asked for. */
  readonly key: string;
  readonly state: 'known' | 'unknown' | 'unreachable';
  readonly name: string | null;
  readonly validity: Validity | null;
  /** Of people and customers. */
  readonly owned: OwnedRecord | null;
}

export interface Ends {
  of(key: string): End;
  /** One for each backend that was asked; none where ends are of the catalogues. */
  readonly reports: readonly BackendReport[];
}

/** Looks up many ends at once. A backend that fails never throws here: what it could have known is `unreachable`. */
@Injectable()
export class EndFinder {
  constructor(
    private readonly people: CustomerUserDirectory,
    private readonly customers: CustomerDirectory,
    private readonly catalogues: HostCatalogues,
  ) {}

  async find(kind: EndKind, keys: readonly string[], deadline: Deadline): Promise<Ends> {
    if (kind === 'group') return endsOfCatalogue(await this.catalogues.groups.names(deadline.signal));
    if (kind === 'service') return endsOfCatalogue(await this.catalogues.services.names(deadline.signal));
    const directory = kind === 'customer-user' ? this.people : this.customers;
    const asked = [...new Map(keys.map((key) => [foldKey(key), key])).values()];
    const { owned, isComplete, reports } = await directory.findMany(asked, deadline);
    const state = isComplete ? 'unknown' : 'unreachable';
    return {
      reports,
      of: (key) => {
        const found = owned.get(foldKey(key));
        return found === undefined ? { key, state, name: null, validity: null, owned: null } : endOfRecord(found);
      },
    };
  }
}

export function endsOfCatalogue(entries: readonly CatalogueName[]): Ends {
  const byId = new Map(entries.map((entry) => [String(entry.id), entry]));
  return {
    reports: [],
    of: (key) => {
      const entry = byId.get(key);
      return entry === undefined
        ? { key, state: 'unknown', name: null, validity: null, owned: null }
        : { key, state: 'known', name: entry.name, validity: entry.validity, owned: null };
    },
  };
}

export function endOfRecord(owned: OwnedRecord): End {
  const { key, name, validity } = owned.record;
  return { key, state: 'known', name, validity, owned };
}

export function toCustomerUserEnd({ key, state, name, validity, owned }: End): CustomerUserEnd {
  const roles = owned?.backend.fields.roles;
  return {
    login: key,
    state,
    fullName: name,
    email: owned && roles ? textOf(owned.record, roles.email) : null,
    customerId: owned && roles ? textOf(owned.record, roles.customerId) : null,
    validity,
    backendId: owned?.backend.id ?? null,
  };
}

export function toCustomerEnd({ key, state, name, validity, owned }: End): CustomerEnd {
  return { customerId: key, state, name, validity, backendId: owned?.backend.id ?? null };
}

export function toGroupEnd({ key, name, validity }: End): GroupEnd {
  return { groupId: Number(key), name, validity };
}

export function toServiceEnd({ key, name, validity }: End): ServiceEnd {
  return { serviceId: Number(key), name, validity };
}

/** The key of an end as the API writes it: of groups and services a number. */
export function publicKey(kind: EndKind, key: string): string | number {
  return isNumbered(kind) ? Number(key) : key;
}
