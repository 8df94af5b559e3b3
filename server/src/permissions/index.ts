/**
 * The front door of the permission rules: facts are loaded by the loader, everything else is pure. A preview loads the
 * facts of the people it touches, changes them with `changeFacts` and compares both with `diffGrants`.
 */
export { changeFacts, type FactChanges } from './change-facts.js';
export { contextCustomers, type ContextCustomer } from './context-customers.js';
export { listedCustomerIds, membershipsOf, type Membership } from './customer-ids.js';
export { explain, type Explanation, type Obstacle } from './explain.js';
export { diffGrants, type GrantChange } from './diff-grants.js';
export type { CustomerGrant, DirectGrant, GroupFact, PermissionFacts, PersonFacts } from './permission-facts.js';
export { PermissionFactsLoader, type FactsScope, type LoadedFacts } from './permission-facts.loader.js';
export { permissionSettingsOf } from './permission-settings.js';
export { PermissionsModule } from './permissions.module.js';
export { resolveGrants, type Grant, type Grants, type GroupGrants, type PersonGrants, type Reason } from './resolve-grants.js';
export { resolveServices, type ServiceFact, type ServiceFacts, type UsableServices } from './resolve-services.js';
