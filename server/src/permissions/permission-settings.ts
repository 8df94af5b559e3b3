import type { PermissionSettings } from '../../contract/grant.js';
import type { Settings } from '../configuration/index.js';

/** How groups and permissions are set up, as the API tells it. */
export function permissionSettingsOf(settings: Settings): PermissionSettings {
  return {
    isSupportOn: settings.CustomerGroupSupport,
    keys: [...settings.permissionKeys],
    contexts: settings.permissionContexts.map(({ context, name, kind }) => ({ context, name, kind })),
    alwaysGroups: [...settings.CustomerGroupAlwaysGroups],
    companyAlwaysGroups: [...settings.CustomerGroupCompanyAlwaysGroups],
    isServiceOn: settings.isServiceOn,
  };
}
