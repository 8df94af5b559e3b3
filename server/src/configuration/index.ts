export type { BackendBlock, MapRow } from './block.js';
export { CONFIGURATION, ConfigurationModule } from './configuration.module.js';
export { ConfigurationError } from './configuration-error.js';
export { loadConfiguration, type Configuration } from './configuration.js';
export { blockingFaults, readConfigurationFile, type ConfigurationFile } from './configuration-file.js';
export { describeConfiguration } from './describe-configuration.js';
export type { PermissionContext, TicketCheck, TicketPermission } from './permission-settings.js';
export type { Settings } from './settings.js';
export { filledText, flag, text } from './perl-values.js';
