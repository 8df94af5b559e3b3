/**
 * The front door of the backends: where customer users and customers come from, each kind as one directory. What a
 * backend can do is in the port (`backend.ts`); nobody outside asks for its kind.
 */
export { foldKey } from './backend.js';
export type {
  Backend, BackendSettings, BackendTraits, Changes, MemberMove, PasswordStore, RecordPage, RecordQuery, StoredRecord, Writer,
} from './backend.js';
export { BackendRegistry } from './backend-registry.js';
export { drivers } from './drivers.js';
export { BackendPagesModule } from './backend-pages.module.js';
export { BackendsModule } from './backends.module.js';
export { countCap, type DirectoryPage, type ListedRecord } from './directory-page.js';
export { CustomerDirectory, CustomerUserDirectory, Directory, type DirectoryQuery, type FoundRecords, type OwnedRecord, type TwinRecord } from './directory.js';
export { isSecret, type FieldMap, type FieldMapRow, type FieldRoles } from './field-map.js';
export { pathOf, propertyOf } from './field-path.js';
export { parseSearch, type SearchExpression } from './search-expression.js';
export { SearchSyntaxError } from './search-syntax-error.js';
export { validityId, validityOf } from './validity.js';
