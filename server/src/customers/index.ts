export { CustomersModule } from './customers.module.js';
export { CustomersService } from './customers.service.js';
export { toCustomer } from './customer.mapper.js';
