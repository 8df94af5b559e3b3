export { CustomerUsersModule } from './customer-users.module.js';
export { CustomerUsersService } from './customer-users.service.js';
