import { isHostSetting } from './host-names.js';
import type { LintBlock } from './lint-block.js';
import type { LintReport } from './lint-report.js';
import { isContent, isGiven, isOfType, isOn, namesOf, numberOrNull, textOf, valueWords, type Content, type ValueType } from './lint-values.js';

const settingTypes: Readonly<Record<string, ValueType>> = {
  CustomerGroupSupport: 'flag',
  CustomerGroupAlwaysGroups: 'list',
  CustomerGroupCompanyAlwaysGroups: 'list',
  CustomerGroupPermissionContext: 'hash',
  'System::Customer::Permission': 'list',
  CheckEmailAddresses: 'flag',
  CheckMXRecord: 'flag',
  'CheckMXRecord::Timeout': 'number',
  'CheckMXRecord::Nameserver': 'text',
  CheckEmailValidAddress: 'text',
  CheckEmailInvalidAddress: 'text',
  SwitchToCustomer: 'flag',
  'Ticket::Service': 'flag',
  'DynamicFieldFromCustomerUser::Mapping': 'hash',
  'DynamicFieldFromCustomerCompany::Mapping': 'hash',
  'Ticket::EventModulePost': 'hash',
};
const weakTypes = new Set(['plain', 'crypt', 'md5', 'apr1', 'sha1']);
/** What the helpdesk knows of every person beside the Map: the full name, the address line, and preferences. */
const derivedVariables = /^(?:UserFullname|UserMailString|UserID|UserLanguage|UserTimeZone|UserTheme|UserLastLogin|UserLastLoginTimestamp|UserShowTickets|UserRefreshTime|Source|CreateTime|CreateBy|ChangeTime|ChangeBy|CustomerCompanyValidID)$/;

/** The helpdesk's settings that a file sets, and what they say about the blocks, the defaults among them. */
export function lintSettings(settings: Content, blocks: readonly LintBlock[], report: LintReport): void {
  for (const [key, type] of Object.entries(settingTypes)) {
    if (isGiven(settings[key]) && !isOfType(settings[key], type)) report.add('setting-type', ['Settings', key], { key, ...valueWords[type] });
  }
  for (const key of Object.keys(settings)) if (!isHostSetting(key)) report.add('setting-unknown', ['Settings', key], { key });
  lintPatterns(settings, report);
  lintPasswords(settings, report);
  lintGroups(settings, report);
  lintSignIn(settings, blocks, report);
  lintMapping('DynamicFieldFromCustomerUser', settings, blocks, report);
  lintMapping('DynamicFieldFromCustomerCompany', settings, blocks, report);
}

function lintPatterns(settings: Content, report: LintReport): void {
  for (const key of ['CheckEmailValidAddress', 'CheckEmailInvalidAddress']) {
    try {
      new RegExp(textOf(settings[key]), 'i');
    } catch {
      report.add('pattern-unreadable', ['Settings', key], { key });
    }
  }
}

function lintPasswords(settings: Content, report: LintReport): void {
  for (const [key, value] of Object.entries(settings)) {
    const type = textOf(value).toLowerCase();
    if (key.startsWith('Customer::AuthModule::DB::CryptType') && weakTypes.has(type)) report.add('password-type-weak', ['Settings', key], { key, type });
    const cost = key.startsWith('Customer::AuthModule::DB::bcryptCost') ? numberOrNull(value) : null;
    if (cost !== null && (cost < 9 || cost > 31)) report.add('bcrypt-cost-range', ['Settings', key], { key, cost, taken: Math.min(31, Math.max(9, cost)) });
  }
}

function lintGroups(settings: Content, report: LintReport): void {
  if (!isOn(settings['CustomerGroupSupport'])) {
    for (const key of ['CustomerGroupAlwaysGroups', 'CustomerGroupCompanyAlwaysGroups', 'CustomerGroupPermissionContext']) {
      if (isGiven(settings[key])) report.add('groups-off', ['Settings', key], { key });
    }
  }
  const permissions = namesOf(settings['System::Customer::Permission']);
  if (permissions.length > 0 && permissions.at(-1) !== 'rw') report.add('permission-rw-not-last', ['Settings', 'System::Customer::Permission']);
}

/** Sign-in is set apart from the sources, and forgotten easily. A file that sets neither leaves both to the helpdesk. */
function lintSignIn(settings: Content, blocks: readonly LintBlock[], report: LintReport): void {
  const modules = Object.entries(settings).filter(([key]) => /^Customer::AuthModule\d*$/.test(key)).map(([, value]) => textOf(value));
  const directory = blocks.find(({ driver }) => driver === 'ldap');
  if (directory !== undefined && !modules.some((module) => module.includes('LDAP'))) report.add('sign-in-missing', [directory.name], { block: directory.name });
}

function lintMapping(name: string, settings: Content, blocks: readonly LintBlock[], report: LintReport): void {
  const setting = `${name}::Mapping`;
  const mapping = settings[setting];
  if (!isContent(mapping) || Object.keys(mapping).length === 0) return;
  const module = `4100-${name}`;
  const events = settings['Ticket::EventModulePost'];
  if (!isContent(events) || !isGiven(events[module])) report.add('mapping-off', ['Settings', setting], { setting, module });

  const isKnown = (variable: string): boolean => derivedVariables.test(variable) || blocks.some((block) => block.rowFor(variable) !== null);
  const filled = new Map<string, string>();
  for (const [variable, value] of Object.entries(mapping)) {
    const field = textOf(value);
    const path = ['Settings', setting, variable];
    if (!isKnown(variable)) report.add('mapping-variable-unmapped', path, { setting, variable, field });
    const other = filled.get(field);
    if (other !== undefined) report.add('mapping-field-twice', path, { setting, field, variable, other });
    filled.set(field, variable);
  }
}
