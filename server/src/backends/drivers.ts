import type { BackendDriver } from './backend-driver.js';
import { databaseDriver } from './database/database.driver.js';
import { ldapDriver } from './ldap/ldap.driver.js';

/** Every kind of backend. A new one is a folder of its own and a line here. */
export const drivers: readonly BackendDriver[] = [databaseDriver, ldapDriver];
