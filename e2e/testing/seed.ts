import type { CustomerCreate } from '../../server/contract/customer.js';
import type { CustomerUserCreate, CustomerUserCreated } from '../../server/contract/customer-user.js';
import type { ApiClient } from './api-client.js';

export const acme = { customerId: 'ACME', name: 'Acme Tools' };
export const globex = { customerId: 'GLOBEX', name: 'Globex Shipping' };

export async function createCustomer(api: ApiClient, values: Partial<CustomerCreate> = {}): Promise<void> {
  await api.post('customers', { ...acme, fields: {}, ...values });
}

export async function createCustomerUser(api: ApiClient, values: Partial<CustomerUserCreate> & { login: string }): Promise<CustomerUserCreated> {
  const { fields, ...others } = values;
  return api.post('customer-users', {
    email: `${values.login}@acme.example`,
    customerId: acme.customerId,
    fields: { UserFirstname: 'Anna', UserLastname: 'Meier', ...fields },
    ...others,
  });
}

/** A helpdesk small enough to know by heart. */
export async function seedSmallHelpdesk(api: ApiClient): Promise<void> {
  await createCustomer(api, acme);
  await createCustomer(api, globex);
  await createCustomerUser(api, { login: 'a.meier', fields: { UserFirstname: 'Anna', UserLastname: 'Meier' } });
  await createCustomerUser(api, { login: 'b.meinl', customerId: globex.customerId, fields: { UserFirstname: 'Bela', UserLastname: 'Meinl' } });
  await createCustomerUser(api, { login: 'c.toth', fields: { UserFirstname: 'Csilla', UserLastname: 'Tóth' } });
  await createCustomerUser(api, { login: 'd.old', validity: 'invalid', fields: { UserFirstname: 'Dora', UserLastname: 'Oldman' } });
}
