import { z } from 'zod';
import { PermissionContexts, PermissionKeys, TicketPermissions, type PermissionContext, type TicketPermission } from './permission-settings.js';
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
  /** While off, everybody has every valid group. */
  readonly CustomerGroupSupport: boolean;
  readonly CustomerGroupAlwaysGroups: readonly string[];
  readonly CustomerGroupCompanyAlwaysGroups: readonly string[];
  /** System::Customer::Permission: the permission types, `rw` always there and last. */
  readonly permissionKeys: readonly string[];
  /** CustomerGroupPermissionContext: `same` first; `other` only where it is switched on. */
  readonly permissionContexts: readonly PermissionContext[];
  /** CustomerTicket::Permission, in the order in which they are asked. */
  readonly ticketPermissions: readonly TicketPermission[];
  /** Ticket::Service. */
  readonly isServiceOn: boolean;
  /** Ticket::Service::Default::UnknownCustomer: tickets without a customer user offer the default services. */
  readonly defaultServicesForUnknown: boolean;
  /** Ticket::Service::KeepChildren: services below an invalid one stay. */
  readonly keepServiceChildren: boolean;
  /** Ticket::Frontend::CustomerDisableCompanyTicketAccess. */
  readonly isCompanyTicketAccessDisabled: boolean;
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

const shape = {
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
  'System::Customer::Permission': PermissionKeys,
  CustomerGroupPermissionContext: PermissionContexts,
  'CustomerTicket::Permission': TicketPermissions,
  'Ticket::Service': flag.default(false),
  'Ticket::Service::Default::UnknownCustomer': flag.default(false),
  'Ticket::Service::KeepChildren': flag.default(false),
  'Ticket::Frontend::CustomerDisableCompanyTicketAccess': flag.default(false),
};

/** The names of all settings that have a meaning here. */
export const settingNames: readonly string[] = Object.keys(shape);

export const SettingsSection = z
  .looseObject(shape)
  .transform(
    ({
      CheckEmailAddresses,
      CheckMXRecord,
      'CheckMXRecord::Timeout': CheckMXRecordTimeout,
      'CheckMXRecord::Nameserver': nameserver,
      CheckEmailValidAddress,
      CheckEmailInvalidAddress,
      'Customer::AuthModule::DB::bcryptCost': cost,
      CustomerGroupSupport,
      CustomerGroupAlwaysGroups,
      CustomerGroupCompanyAlwaysGroups,
      'System::Customer::Permission': permissionKeys,
      CustomerGroupPermissionContext: permissionContexts,
      'CustomerTicket::Permission': ticketPermissions,
      'Ticket::Service': isServiceOn,
      'Ticket::Service::Default::UnknownCustomer': defaultServicesForUnknown,
      'Ticket::Service::KeepChildren': keepServiceChildren,
      'Ticket::Frontend::CustomerDisableCompanyTicketAccess': isCompanyTicketAccessDisabled,
      ...others
    }): Settings => ({
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
      permissionKeys,
      permissionContexts,
      ticketPermissions,
      isServiceOn,
      defaultServicesForUnknown,
      keepServiceChildren,
      isCompanyTicketAccessDisabled,
      others,
    }),
  );
