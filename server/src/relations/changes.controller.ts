import { Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RelationSaved } from '../../contract/relation.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, Requires } from '../platform/http/index.js';
import { UndoService } from './undo.service.js';

@ApiTags('relations')
@Controller('api/v1/changes')
export class ChangesController {
  constructor(private readonly undos: UndoService) {}

  @Post(':changeId/undo')
  @Requires('clientele.write')
  @Answers(RelationSaved)
  undo(@CurrentActor() actor: Actor, @Param('changeId') changeId: string): Promise<RelationSaved> {
    return this.undos.undo(actor, changeId);
  }
}
