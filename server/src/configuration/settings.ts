import { z } from 'zod';
import { flag, names, text, wholeNumber } from './perl-values.js';

/** The helpdesk's SysConfig settings that matter here, under their own names where the names can be written. */
export interface Settings {
  readonly CheckEmailAddresses: boolean;
  /** Off unless switched on: the helpdesk's own default, on, refuses every address on a machine without DNS. */
  readonly CheckMXRecord: boolean;
  /** CheckMXRecord::Timeout, in seconds. */
  readonly CheckMXRecordTimeout: number;
  /** CheckMXRecord::Nameserver; `null`: the system's. */
  readonly CheckMXRecordNameserver: string | null;
  /** Addresses that are taken without a check of their form. */
  readonly CheckEmailValidAddress: RegExp;
  /** Addresses that are refused whatever their form. */
  readonly CheckEmailInvalidAddress: RegExp;
  /** Customer::AuthModule::DB::bcryptCost, within 9 to 31. */
  readonly bcryptCost: number;
  readonly CustomerGroupSupport: boolean;
  readonly CustomerGroupAlwaysGroups: readonly string[];
  readonly CustomerGroupCompanyAlwaysGroups: readonly string[];
  /** Every other setting as it was given, by its SysConfig name. */
  readonly others: Readonly<Record<string, unknown>>;
}

const pattern = text.transform((source, context) => {
  try {
    return new RegExp(source, 'i');
  } catch {
    context.addIssue({ code: 'custom', message: 'is not a regular expression that can be read here' });
    return z.NEVER;
  }
});

export const SettingsSection = z
  .looseObject({
    CheckEmailAddresses: flag.default(true),
    CheckMXRecord: flag.default(false),
    'CheckMXRecord::Timeout': wholeNumber.default(3),
    'CheckMXRecord::Nameserver': text.optional(),
    CheckEmailValidAddress: pattern.default(/^(root@localhost|admin@localhost)$/i),
    CheckEmailInvalidAddress: pattern.default(/@(example)\.(..|...)$/i),
    'Customer::AuthModule::DB::bcryptCost': wholeNumber.default(12),
    CustomerGroupSupport: flag.default(false),
    CustomerGroupAlwaysGroups: names.default(['users']),
    CustomerGroupCompanyAlwaysGroups: names.default(['users']),
  })
  .transform(
    ({
      'CheckMXRecord::Timeout': CheckMXRecordTimeout,
      'CheckMXRecord::Nameserver': nameserver,
      'Customer::AuthModule::DB::bcryptCost': cost,
      ...given
    }): Settings => {
      const { CheckEmailAddresses, CheckMXRecord, CheckEmailValidAddress, CheckEmailInvalidAddress, ...rest } = given;
      const { CustomerGroupSupport, CustomerGroupAlwaysGroups, CustomerGroupCompanyAlwaysGroups, ...others } = rest;
      return {
        CheckEmailAddresses,
        CheckMXRecord,
        CheckMXRecordTimeout,
        CheckMXRecordNameserver: nameserver ?? null,
        CheckEmailValidAddress,
        CheckEmailInvalidAddress,
        bcryptCost: Math.min(31, Math.max(9, cost)),
        CustomerGroupSupport,
        CustomerGroupAlwaysGroups,
        CustomerGroupCompanyAlwaysGroups,
        others,
      };
    },
  );

/** Settings that later parts read, or that belong to the host: taken without a word. */
export const keptSettings: ReadonlySet<string> = new Set([
  'CustomerGroupPermissionContext', 'System::Customer::Permission', 'SwitchToCustomer', 'Customer::AuthModule',
  'AdminCustomerUser::RunInitialWildcardSearch', 'AdminCustomerCompany::RunInitialWildcardSearch',
  'AdminCustomerUser::UseAutoComplete', 'SwitchToCustomer::PermissionGroup', 'Customer::AuthModule::DB::CryptType',
  'Customer::AuthModule::DB::Table', 'Customer::AuthModule::DB::CustomerKey', 'Customer::AuthModule::DB::CustomerPassword',
  'Ticket::Service', 'Ticket::Service::Default::UnknownCustomer', 'Ticket::Service::KeepChildren',
  'Ticket::Frontend::CustomerDisableCompanyTicketAccess', 'DynamicFieldFromCustomerUser::Mapping', 'Ticket::EventModulePost',
]);
