import { z } from 'zod';
import { expected, filledText, flag, names, text } from './perl-values.js';

/** A context that rights of a customer are given in: its own tickets, or those of other customers. */
export interface PermissionContext {
  /** As it is stored with the rights. */
  readonly context: string;
  readonly name: string;
  readonly kind: 'same' | 'other';
}

/** One module of CustomerTicket::Permission: whoever is refused by a required one is out, whoever a granting one accepts is in. */
export interface TicketPermission {
  readonly name: string;
  readonly module: string;
  /** `null`: a module that is not known here, so what it decides is not known either. */
  readonly check: TicketCheck | null;
  readonly isRequired: boolean;
  readonly isGranting: boolean;
}

const ticketChecks = ['GroupCheck', 'CustomerUserIDCheck', 'CustomerIDCheck', 'CustomerGroupCheck'] as const;
export type TicketCheck = (typeof ticketChecks)[number];

const contextNames = [['same', '001-CustomerID-same'], ['other', '100-CustomerID-other']] as const;
const defaultContexts = { '001-CustomerID-same': { Value: 'Ticket::CustomerID::Same', Name: 'Same Customer' } };

const checkPath = 'Kernel::System::Ticket::CustomerPermission';
const defaultTicketPermissions = {
  '1-GroupCheck': { Module: `${checkPath}::GroupCheck`, Required: true, Granted: false },
  '2-CustomerUserIDCheck': { Module: `${checkPath}::CustomerUserIDCheck`, Required: false, Granted: true },
  '3-CustomerIDCheck': { Module: `${checkPath}::CustomerIDCheck`, Required: false, Granted: true },
  '4-CustomerGroupCheck': { Module: `${checkPath}::CustomerGroupCheck`, Required: false, Granted: true },
};

/** System::Customer::Permission. Every place that asks counts on `rw` as the last one, so there it is put. */
export const PermissionKeys = names
  .default(['ro', 'rw'])
  .transform((given): readonly string[] => [...new Set(given.filter((key) => key !== 'rw')), 'rw']);

/** CustomerGroupPermissionContext: entries by their name; one that is `null` is switched off, the first one included. */
export const PermissionContexts = z
  .record(z.string(), z.looseObject({ Value: filledText, Name: text.optional() }).nullable(), expected('contexts by their names'))
  .default({})
  .transform((given): readonly PermissionContext[] => {
    const all = new Map(Object.entries({ ...defaultContexts, ...given }));
    return contextNames.flatMap(([kind, name]) => {
      const entry = all.get(name);
      return entry ? [{ context: entry.Value, name: entry.Name || entry.Value, kind }] : [];
    });
  });

/** CustomerTicket::Permission, in the order of the names. */
export const TicketPermissions = z
  .record(
    z.string(),
    z.looseObject({ Module: text.default(''), Required: flag.default(false), Granted: flag.default(false) }).nullable(),
    expected('modules by their names'),
  )
  .default({})
  .transform((given): readonly TicketPermission[] =>
    Object.entries({ ...defaultTicketPermissions, ...given })
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([name, entry]) => (entry === null ? [] : [ticketPermission(name, entry)])),
  );

/** As the operator would write them; what is switched off is `null`. */
export function describePermissionContexts(contexts: readonly PermissionContext[]): Readonly<Record<string, unknown>> {
  const entryOf = (kind: PermissionContext['kind']): unknown => {
    const found = contexts.find((context) => context.kind === kind);
    return found === undefined ? null : { Value: found.context, Name: found.name };
  };
  return Object.fromEntries(contextNames.map(([kind, name]) => [name, entryOf(kind)] as const));
}

export function describeTicketPermissions(permissions: readonly TicketPermission[]): Readonly<Record<string, unknown>> {
  const off = Object.fromEntries(Object.keys(defaultTicketPermissions).map((name) => [name, null] as const));
  const entries = permissions.map(({ name, module, isRequired, isGranting }) => [name, { Module: module, Required: Number(isRequired), Granted: Number(isGranting) }] as const);
  return { ...off, ...Object.fromEntries(entries) };
}

function ticketPermission(name: string, entry: { readonly Module: string; readonly Required: boolean; readonly Granted: boolean }): TicketPermission {
  return { name, module: entry.Module, check: checkOf(entry.Module), isRequired: entry.Required, isGranting: entry.Granted };
}

function checkOf(module: string): TicketCheck | null {
  return ticketChecks.find((check) => module === `${checkPath}::${check}`) ?? null;
}
