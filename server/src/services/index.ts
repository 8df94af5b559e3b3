export { ServicesModule } from './services.module.js';
export { ServicesService } from './services.service.js';
