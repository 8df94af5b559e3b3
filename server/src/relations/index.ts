/**
 * The front door of the relations. Who writes many of them at once prepares a delta outside of a transaction
 * (`DeltaPreparer`: what is refused is among its issues, each at its entry) and applies it within one (`RelationWriter`).
 */
export { accepted, DeltaPreparer, type PreparedDelta } from './prepare-delta.js';
export { assigned, defaultsLogin, relations, type Relation, type RelationName, type Side } from './relation.js';
export type { DeltaEntry, RelationDelta } from './relation-delta.js';
export { RelationsModule } from './relations.module.js';
export { RelationsRepository, type Anchor } from './relations.repository.js';
export { RelationWriter, type WrittenChange } from './relation-writer.js';
