import type { AuditEntry } from '../persistence/unit-of-work.js';

/** The last door before a secret would be written down for ever: a fault of the caller, hence no DomainError. */
export function refuseSecrets(entry: AuditEntry): void {
  const betrayed = entry.changes.find(({ secret, from, to }) => secret && (from !== null || to !== null));
  if (betrayed) throw new Error(`the value of the secret field ${betrayed.variable} must not be in the history`);
}
