import { Body, Controller, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GroupsOfPersonDelta } from '../../contract/grant.js';
import { CustomersDelta } from '../../contract/membership.js';
import { RelationWritten, WriteQuery } from '../../contract/relation.js';
import { ServicesDelta } from '../../contract/service.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, Requires } from '../platform/http/index.js';
import { loginOf } from './path-keys.js';
import { deltas } from './read-deltas.js';
import { RelationsService } from './relations.service.js';

@ApiTags('relations')
@Controller('api/v1/customer-users/:login')
export class PersonRelationsController {
  constructor(private readonly relations: RelationsService) {}

  @Patch('customers')
  @Requires('clientele.write')
  @Answers(RelationWritten)
  changeCustomers(
    @CurrentActor() actor: Actor,
    @Param('login') login: string,
    @Query({ schema: WriteQuery }) query: WriteQuery,
    @Body({ schema: CustomersDelta }) sent: CustomersDelta,
  ): Promise<RelationWritten> {
    return this.relations.change(actor, deltas.customersOfPerson(loginOf(login), sent), query);
  }

  @Patch('groups')
  @Requires('clientele.write')
  @Answers(RelationWritten)
  changeGroups(
    @CurrentActor() actor: Actor,
    @Param('login') login: string,
    @Query({ schema: WriteQuery }) query: WriteQuery,
    @Body({ schema: GroupsOfPersonDelta }) sent: GroupsOfPersonDelta,
  ): Promise<RelationWritten> {
    return this.relations.change(actor, deltas.groupsOfPerson(loginOf(login), sent), query);
  }

  @Patch('services')
  @Requires('clientele.write')
  @Answers(RelationWritten)
  changeServices(
    @CurrentActor() actor: Actor,
    @Param('login') login: string,
    @Query({ schema: WriteQuery }) query: WriteQuery,
    @Body({ schema: ServicesDelta }) sent: ServicesDelta,
  ): Promise<RelationWritten> {
    return this.relations.change(actor, deltas.servicesOfPerson(loginOf(login), sent), query);
  }
}
