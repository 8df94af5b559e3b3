import type { BackendKind } from '../../contract/backend.js';

/** Blocks beyond this number are never looked at by the helpdesk. */
export const lastBlockNumber = 10;

/** The settings of the helpdesk that matter here, where a file sets them. */
const settingNames: ReadonlySet<string> = new Set([
  'CustomerGroupSupport',
  'CustomerGroupAlwaysGroups',
  'CustomerGroupCompanyAlwaysGroups',
  'CustomerGroupPermissionContext',
  'System::Customer::Permission',
  'CheckEmailAddresses',
  'CheckMXRecord',
  'CheckMXRecord::Timeout',
  'CheckMXRecord::Nameserver',
  'CheckEmailValidAddress',
  'CheckEmailInvalidAddress',
  'AdminCustomerUser::RunInitialWildcardSearch',
  'AdminCustomerCompany::RunInitialWildcardSearch',
  'AdminCustomerUser::UseAutoComplete',
  'AutoComplete::Agent',
  'SwitchToCustomer',
  'SwitchToCustomer::PermissionGroup',
  'Ticket::Service',
  'Ticket::Service::Default::UnknownCustomer',
  'Ticket::Service::KeepChildren',
  'Ticket::Frontend::CustomerDisableCompanyTicketAccess',
  'CustomerTicket::Permission',
  'DynamicFieldFromCustomerUser::Mapping',
  'DynamicFieldFromCustomerCompany::Mapping',
  'Ticket::EventModulePost',
  'CustomerUser::EventModulePost',
  'CustomerCompany::EventModulePost',
]);
/** A number behind them belongs to the source of that number. Addresses and passwords of sign-in sources are not taken. */
const numberedSettings = /^Customer::AuthModule(?:::DB::(?:CryptType|bcryptCost|Table|CustomerKey|CustomerPassword))?(?:[1-9]|10)?$/;

export function isHostSetting(name: string): boolean {
  return settingNames.has(name) || numberedSettings.test(name);
}

export interface BlockName {
  readonly kind: BackendKind;
  /** 0: without a number. `null`: none that the helpdesk looks at, such as 11 or 01. */
  readonly number: number | null;
}

/** `CustomerUser3` is number 3 of the customer users; `null`: no name of a block. */
export function blockNameOf(key: string): BlockName | null {
  const [, name, digits] = /^(CustomerUser|CustomerCompany)(\d*)$/.exec(key) ?? [];
  if (name === undefined || digits === undefined) return null;
  const number = Number(digits);
  const isUsed = digits === '' || (String(number) === digits && number >= 1 && number <= lastBlockNumber);
  return { kind: name === 'CustomerUser' ? 'customer-user' : 'customer', number: isUsed ? number : null };
}

/** Which driver a block's `Module` asks for; `null`: none that is known here. */
export function driverOf(module: unknown): 'database' | 'ldap' | null {
  if (module === 'database' || module === 'Kernel::System::CustomerUser::DB' || module === 'Kernel::System::CustomerCompany::DB') return 'database';
  return module === 'ldap' || module === 'Kernel::System::CustomerUser::LDAP' ? 'ldap' : null;
}
