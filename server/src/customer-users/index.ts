export { CustomerUsersModule } from './customer-users.module.js';
export { CustomerUserStore } from './customer-user.store.js';
export { CustomerUsersService } from './customer-users.service.js';
export { CustomerUserRules } from './customer-user-rules.js';
export { toCustomerUser } from './customer-user.mapper.js';
