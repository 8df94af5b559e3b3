import { randomBytes } from 'node:crypto';
import type { CustomerUserCreate } from '../contract/customer-user.js';

/** What a form sends for a new customer user of the customer `C1`; nothing of it is taken yet. */
export function aCustomerUser(changes: Partial<CustomerUserCreate> = {}): CustomerUserCreate {
  const login = changes.login ?? `user-${randomBytes(5).toString('hex')}`;
  return {
    login,
    email: `${randomBytes(8).toString('hex')}@firma.test`,
    customerId: 'C1',
    ...changes,
    fields: { UserFirstname: 'Anna', UserLastname: 'Meier', ...changes.fields },
  };
}
