import { Module } from '@nestjs/common';
import { BackendsModule } from '../backends/index.js';
import { PermissionsModule } from '../permissions/index.js';
import { Catalogues } from './catalogues.js';
import { ChangesController } from './changes.controller.js';
import { ChangesRepository } from './changes.repository.js';
import { CustomerRelationsController } from './customer-relations.controller.js';
import { EndFinder } from './ends.js';
import { GroupRelationsController } from './group-relations.controller.js';
import { PersonRelationsController } from './person-relations.controller.js';
import { DeltaPreparer } from './prepare-delta.js';
import { RelationPreviews } from './relation-previews.js';
import { RelationWriter } from './relation-writer.js';
import { RelationsRepository } from './relations.repository.js';
import { RelationsService } from './relations.service.js';
import { ServiceRelationsController } from './service-relations.controller.js';
import { UndoService } from './undo.service.js';

@Module({
  imports: [BackendsModule, PermissionsModule],
  controllers: [
    PersonRelationsController, CustomerRelationsController, GroupRelationsController, ServiceRelationsController, ChangesController,
  ],
  providers: [
    Catalogues, ChangesRepository, DeltaPreparer, EndFinder, RelationPreviews, RelationsRepository, RelationsService, RelationWriter,
    UndoService,
  ],
  exports: [DeltaPreparer, RelationsRepository, RelationWriter],
})
export class RelationsModule {}
