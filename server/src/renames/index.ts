export { RenamesModule } from './renames.module.js';
export { RenamesService } from './renames.service.js';
