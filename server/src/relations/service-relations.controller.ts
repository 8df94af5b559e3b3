import { Body, Controller, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PeopleDelta } from '../../contract/membership.js';
import { RelationWritten, WriteQuery } from '../../contract/relation.js';
import { ServicesDelta } from '../../contract/service.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, Requires } from '../platform/http/index.js';
import { numberOf } from './path-keys.js';
import { deltas } from './read-deltas.js';
import { defaultsLogin } from './relation.js';
import { RelationsService } from './relations.service.js';

@ApiTags('relations')
@Controller('api/v1/services')
export class ServiceRelationsController {
  constructor(private readonly relations: RelationsService) {}

  @Patch('defaults')
  @Requires('clientele.write')
  @Answers(RelationWritten)
  changeDefaults(
    @CurrentActor() actor: Actor,
    @Query({ schema: WriteQuery }) query: WriteQuery,
    @Body({ schema: ServicesDelta }) sent: ServicesDelta,
  ): Promise<RelationWritten> {
    return this.relations.change(actor, deltas.servicesOfPerson(defaultsLogin, sent), query);
  }

  @Patch(':serviceId/customer-users')
  @Requires('clientele.write')
  @Answers(RelationWritten)
  changePeople(
    @CurrentActor() actor: Actor,
    @Param('serviceId') serviceId: string,
    @Query({ schema: WriteQuery }) query: WriteQuery,
    @Body({ schema: PeopleDelta }) sent: PeopleDelta,
  ): Promise<RelationWritten> {
    return this.relations.change(actor, deltas.peopleOfService(numberOf(serviceId), sent), query);
  }
}
