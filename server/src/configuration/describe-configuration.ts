import { redactSecrets } from '../platform/logging/index.js';
import type { BackendBlock, MapRow } from './block.js';
import type { Configuration } from './configuration.js';
import { describePermissionContexts, describeTicketPermissions } from './permission-settings.js';
import type { Settings } from './settings.js';

/** Stands where a secret is. */
export const hiddenSecret = '(set, not shown)';

type Described = Readonly<Record<string, unknown>>;

/** What applies, in the operator's words, with every default in its place and no secret: a file of ours could look so. */
export function describeConfiguration({ customerUserBlocks, customerBlocks, settings }: Configuration): Described {
  return {
    ...Object.fromEntries(customerUserBlocks.map((block) => [block.id, withoutEmpty(customerUserKeys(block))])),
    ...Object.fromEntries(customerBlocks.map((block) => [block.id, withoutEmpty(customerKeys(block))])),
    Settings: withoutEmpty(settingKeys(settings)),
  };
}

function customerUserKeys(block: BackendBlock): Described {
  return {
    ...commonKeys(block),
    CustomerKey: block.keyColumn,
    CustomerID: block.customerIdColumn,
    CustomerValid: block.validColumn,
    CustomerUserValidFilter: block.validFilter,
    CustomerUserListFields: block.listColumns,
    CustomerUserSearchFields: block.searchColumns,
    CustomerUserPostMasterSearchFields: block.mailColumns,
    CustomerUserNameFields: block.nameColumns,
    CustomerUserNameFieldsJoin: block.nameJoin,
    CustomerUserSearchPrefix: block.searchPrefix,
    CustomerUserSearchSuffix: block.searchSuffix,
    CustomerUserSearchListLimit: block.listLimit,
    CustomerUserEmailUniqCheck: flag(block.uniqueEmail),
    CustomerUserExcludePrimaryCustomerID: flag(block.excludePrimaryCustomerId),
    AutoLoginCreation: flag(block.loginPrefix !== null),
    AutoLoginCreationPrefix: block.loginPrefix,
    CustomerCompanySupport: flag(block.customerSupport),
    ...mapKeys(block),
  };
}

function customerKeys(block: BackendBlock): Described {
  return {
    ...commonKeys(block),
    CustomerCompanyKey: block.keyColumn,
    CustomerCompanyValid: block.validColumn,
    CustomerCompanyListFields: block.listColumns,
    CustomerCompanySearchFields: block.searchColumns,
    CustomerCompanySearchPrefix: block.searchPrefix,
    CustomerCompanySearchSuffix: block.searchSuffix,
    CustomerCompanySearchListLimit: block.listLimit,
    ...mapKeys(block),
  };
}

function commonKeys(block: BackendBlock): Described {
  return { Name: block.title, Module: block.module, Params: hidden(block.params), ReadOnly: flag(block.isReadOnly), CacheTTL: block.cacheTtl };
}

function mapKeys({ map, selections }: BackendBlock): Described {
  return {
    Map: map.map(rowElements),
    Selections: Object.fromEntries(
      Object.entries(selections).map(([variable, choices]) => [variable, Object.fromEntries(choices.map(({ value, label }) => [value, label]))]),
    ),
  };
}

function rowElements({ variable, label, storage, shown, isRequired, type, link, isReadOnly }: MapRow): readonly unknown[] {
  const word = { text: 'var', integer: 'int', 'dynamic-field': 'dynamic_field' }[type];
  const elements = [variable, label, storage, shown, flag(isRequired), word, link?.template ?? '', flag(isReadOnly)];
  return link === null ? elements : [...elements, link.target, link.cssClass];
}

function settingKeys({ others, ...settings }: Settings): Described {
  const known: Described = {
    CheckEmailAddresses: flag(settings.CheckEmailAddresses),
    CheckMXRecord: flag(settings.CheckMXRecord),
    'CheckMXRecord::Timeout': settings.CheckMXRecordTimeout,
    'CheckMXRecord::Nameserver': settings.CheckMXRecordNameserver,
    CheckEmailValidAddress: settings.CheckEmailValidAddress.source,
    CheckEmailInvalidAddress: settings.CheckEmailInvalidAddress.source,
    'Customer::AuthModule::DB::bcryptCost': settings.bcryptCost,
    CustomerGroupSupport: flag(settings.CustomerGroupSupport),
    CustomerGroupAlwaysGroups: settings.CustomerGroupAlwaysGroups,
    CustomerGroupCompanyAlwaysGroups: settings.CustomerGroupCompanyAlwaysGroups,
    'System::Customer::Permission': settings.permissionKeys,
    CustomerGroupPermissionContext: describePermissionContexts(settings.permissionContexts),
    'CustomerTicket::Permission': describeTicketPermissions(settings.ticketPermissions),
    'Ticket::Service': flag(settings.isServiceOn),
    'Ticket::Service::Default::UnknownCustomer': flag(settings.defaultServicesForUnknown),
    'Ticket::Service::KeepChildren': flag(settings.keepServiceChildren),
    'Ticket::Frontend::CustomerDisableCompanyTicketAccess': flag(settings.isCompanyTicketAccessDisabled),
  };
  return { ...known, ...hidden(others) };
}

function flag(isOn: boolean): 0 | 1 {
  return isOn ? 1 : 0;
}

function withoutEmpty(given: Described): Described {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}

/** By the name of the key, and by the form of the text: an address may hold a password too. */
function hidden(given: Described): Described {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, isSecretKey(key) && value !== '' ? hiddenSecret : hiddenWithin(value)]));
}

function hiddenWithin(value: unknown): unknown {
  if (typeof value === 'string') return redactSecrets(value);
  if (Array.isArray(value)) return value.map(hiddenWithin);
  return typeof value === 'object' && value !== null ? hidden({ ...value }) : value;
}

/** `CustomerPassword` names a column. */
function isSecretKey(key: string): boolean {
  return /pass|pw$|pwd|secret|token/i.test(key) && !/CustomerPassword\d*$/.test(key);
}
