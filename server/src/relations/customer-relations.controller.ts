import { Body, Controller, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GroupsOfCustomerDelta } from '../../contract/grant.js';
import { PeopleDelta } from '../../contract/membership.js';
import { RelationWritten, WriteQuery } from '../../contract/relation.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, Requires } from '../platform/http/index.js';
import { deltas } from './read-deltas.js';
import { RelationsService } from './relations.service.js';

@ApiTags('relations')
@Controller('api/v1/customers/:customerId')
export class CustomerRelationsController {
  constructor(private readonly relations: RelationsService) {}

  @Patch('customer-users')
  @Requires('clientele.write')
  @Answers(RelationWritten)
  changePeople(
    @CurrentActor() actor: Actor,
    @Param('customerId') customerId: string,
    @Query({ schema: WriteQuery }) query: WriteQuery,
    @Body({ schema: PeopleDelta }) sent: PeopleDelta,
  ): Promise<RelationWritten> {
    return this.relations.change(actor, deltas.peopleOfCustomer(customerId, sent), query);
  }

  @Patch('groups')
  @Requires('clientele.write')
  @Answers(RelationWritten)
  changeGroups(
    @CurrentActor() actor: Actor,
    @Param('customerId') customerId: string,
    @Query({ schema: WriteQuery }) query: WriteQuery,
    @Body({ schema: GroupsOfCustomerDelta }) sent: GroupsOfCustomerDelta,
  ): Promise<RelationWritten> {
    return this.relations.change(actor, deltas.groupsOfCustomer(customerId, sent), query);
  }
}
