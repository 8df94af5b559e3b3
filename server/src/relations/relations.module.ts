import { Module } from '@nestjs/common';
import { BackendsModule } from '../backends/index.js';
import { CataloguesModule } from '../catalogues/index.js';
import { PermissionsModule } from '../permissions/index.js';
import { RenamedKeysRepository } from '../records/renamed-keys.repository.js';
import { ChangesController } from './changes.controller.js';
import { ChangesRepository } from './changes.repository.js';
import { CustomerRelationsController } from './customer-relations.controller.js';
import { EffectivePeople } from './effective-people.js';
import { EndFinder } from './ends.js';
import { GroupRelationsController } from './group-relations.controller.js';
import { InheritedGrantsReader } from './inherited-grants.js';
import { ListedRelationsService } from './listed-relations.service.js';
import { NamedRelationsService } from './named-relations.service.js';
import { PersonRelationsController } from './person-relations.controller.js';
import { DeltaPreparer } from './prepare-delta.js';
import { RelationLists } from './relation-list.js';
import { RelationPreviews } from './relation-previews.js';
import { RelationReader } from './relation-reader.js';
import { RelationWriter } from './relation-writer.js';
import { RelationsRepository } from './relations.repository.js';
import { RelationsService } from './relations.service.js';
import { ServiceRelationsController } from './service-relations.controller.js';
import { UndoService } from './undo.service.js';

@Module({
  imports: [BackendsModule, CataloguesModule, PermissionsModule],
  controllers: [
    PersonRelationsController, CustomerRelationsController, GroupRelationsController, ServiceRelationsController, ChangesController,
  ],
  providers: [
    ChangesRepository, DeltaPreparer, EffectivePeople, EndFinder, InheritedGrantsReader, ListedRelationsService,
    NamedRelationsService, RelationLists, RelationPreviews, RelationReader, RelationsRepository, RelationsService, RelationWriter,
    RenamedKeysRepository, UndoService,
  ],
  exports: [DeltaPreparer, RelationsRepository, RelationWriter],
})
export class RelationsModule {}
