/** The front door of the host's catalogues: what relations lead to, and what both groups and services share. */
export { auditedValues, changedValues } from './catalogue-changes.js';
export { readCursor, writeCursor, type CataloguePlace } from './catalogue-cursor.js';
export { cleanText, commentIssues, nameIssues } from './catalogue-names.js';
export { CataloguesModule } from './catalogues.module.js';
export {
  HostCatalogues, type CatalogueEntry, type CatalogueName, type CataloguePage, type CatalogueSearch, type CatalogueWriter, type HostCatalogue, type NewEntry,
} from './host-catalogues.js';
export { nameTaken, writerOf, writing } from './writable-catalogue.js';
