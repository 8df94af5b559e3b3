import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PeopleDelta } from '../../contract/membership.js';
import { RelationQuery, RelationWritten, WriteQuery } from '../../contract/relation.js';
import { PeopleOfServicePage, ServicesDelta, ServicesOfPersonPage } from '../../contract/service.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, Requires } from '../platform/http/index.js';
import { recordNumber } from '../records/record-number.js';
import { ListedRelationsService } from './listed-relations.service.js';
import { NamedRelationsService } from './named-relations.service.js';
import { deltas } from './read-deltas.js';
import { defaultsLogin } from './relation.js';
import { RelationsService } from './relations.service.js';

@ApiTags('relations')
@Controller('api/v1/services')
export class ServiceRelationsController {
  constructor(
    private readonly relations: RelationsService,
    private readonly listed: ListedRelationsService,
    private readonly named: NamedRelationsService,
  ) {}

  @Get('defaults')
  @Requires('clientele.read')
  @Answers(ServicesOfPersonPage)
  defaults(@Query({ schema: RelationQuery }) query: RelationQuery): Promise<ServicesOfPersonPage> {
    return this.named.servicesOf(defaultsLogin, query);
  }

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

  @Get(':serviceId/customer-users')
  @Requires('clientele.read')
  @Answers(PeopleOfServicePage)
  people(@Param('serviceId') serviceId: string, @Query({ schema: RelationQuery }) query: RelationQuery): Promise<PeopleOfServicePage> {
    return this.listed.peopleOfService(recordNumber(serviceId), query);
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
    return this.relations.change(actor, deltas.peopleOfService(recordNumber(serviceId), sent), query);
  }
}
