export { filterFaultOf } from './ldap-filter-syntax.js';
export { lintConfiguration, type LintInput } from './lint-configuration.js';
export { severities, type LintMessage, type Severity } from './lint-message.js';
export { describeFinding, type LintCode } from './lint-messages.js';
export type { Finding } from './lint-report.js';
export { ConfigPmTooLarge, readConfigPm, type ConfigPm, type UnreadNote } from './read-config-pm.js';
export type { Place } from './source-text.js';
export { toConfiguration, type ConfigurationPath, type ImportedConfiguration } from './to-configuration.js';
