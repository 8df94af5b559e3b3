import type { AuditEntry } from '../platform/persistence/unit-of-work.js';
import type { CatalogueEntry, NewEntry } from './host-catalogues.js';

const properties = ['name', 'comment', 'validity'] as const;

/** What of the wanted values is not stored already. */
export function changedValues(stored: CatalogueEntry, wanted: Partial<NewEntry>): Partial<NewEntry> {
  return {
    ...(wanted.name === undefined || wanted.name === stored.name ? {} : { name: wanted.name }),
    ...(wanted.comment === undefined || wanted.comment === stored.comment ? {} : { comment: wanted.comment }),
    ...(wanted.validity === undefined || wanted.validity === stored.validity ? {} : { validity: wanted.validity }),
  };
}

/** For the history, by the names of the API; `before` is `null` for a new entry. */
export function auditedValues(before: CatalogueEntry | null, written: Partial<NewEntry>): AuditEntry['changes'] {
  return properties.flatMap((variable) => {
    const to = written[variable];
    return to === undefined || (before === null && to === '') ? [] : [{ variable, from: before?.[variable] ?? null, to, secret: false }];
  });
}
