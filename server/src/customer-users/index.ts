export { CustomerUsersModule } from './customer-users.module.js';
export { CustomerUserStore } from './customer-user.store.js';
export { CustomerUsersService } from './customer-users.service.js';
