/** Settings that are hashes in the helpdesk, and kept one by one in its tables: `CustomerTicket::Permission###1-GroupCheck`. */
export const hashSettings = ['CustomerGroupPermissionContext', 'CustomerTicket::Permission', 'Ticket::EventModulePost'] as const;

/** Settings that later parts read, or that belong to the host: taken without a word. */
export const keptSettings: ReadonlySet<string> = new Set([
  'SwitchToCustomer', 'Customer::AuthModule',
  'AdminCustomerUser::RunInitialWildcardSearch', 'AdminCustomerCompany::RunInitialWildcardSearch',
  'AdminCustomerUser::UseAutoComplete', 'SwitchToCustomer::PermissionGroup', 'Customer::AuthModule::DB::CryptType',
  'Customer::AuthModule::DB::Table', 'Customer::AuthModule::DB::CustomerKey', 'Customer::AuthModule::DB::CustomerPassword',
  'DynamicFieldFromCustomerUser::Mapping', 'Ticket::EventModulePost',
]);

const separator = '###';

/** Entries of hashes put into their hash; what is switched off is `null` in it. */
export function nested(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(settings)) {
    const [hash = '', ...entry] = name.split(separator);
    if (entry.length === 0) result[name] = merged(result[name], value);
    else result[hash] = merged(result[hash], { [entry.join(separator)]: value });
  }
  return result;
}

/** Settings of one source over those of another: of a hash entry by entry, otherwise as a whole. */
export function over(lower: Readonly<Record<string, unknown>>, upper: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const both = { ...lower, ...upper };
  for (const name of hashSettings) if (lower[name] !== undefined && upper[name] !== undefined) both[name] = merged(lower[name], upper[name]);
  return both;
}

function merged(lower: unknown, upper: unknown): unknown {
  return isHash(lower) && isHash(upper) ? { ...lower, ...upper } : upper;
}

function isHash(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
