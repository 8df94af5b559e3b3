import { Body, Controller, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CustomersOfGroupDelta, PeopleOfGroupDelta } from '../../contract/grant.js';
import { RelationWritten, WriteQuery } from '../../contract/relation.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, Requires } from '../platform/http/index.js';
import { numberOf } from './path-keys.js';
import { deltas } from './read-deltas.js';
import { RelationsService } from './relations.service.js';

@ApiTags('relations')
@Controller('api/v1/groups/:groupId')
export class GroupRelationsController {
  constructor(private readonly relations: RelationsService) {}

  @Patch('customer-users')
  @Requires('clientele.write')
  @Answers(RelationWritten)
  changePeople(
    @CurrentActor() actor: Actor,
    @Param('groupId') groupId: string,
    @Query({ schema: WriteQuery }) query: WriteQuery,
    @Body({ schema: PeopleOfGroupDelta }) sent: PeopleOfGroupDelta,
  ): Promise<RelationWritten> {
    return this.relations.change(actor, deltas.peopleOfGroup(numberOf(groupId), sent), query);
  }

  @Patch('customers')
  @Requires('clientele.write')
  @Answers(RelationWritten)
  changeCustomers(
    @CurrentActor() actor: Actor,
    @Param('groupId') groupId: string,
    @Query({ schema: WriteQuery }) query: WriteQuery,
    @Body({ schema: CustomersOfGroupDelta }) sent: CustomersOfGroupDelta,
  ): Promise<RelationWritten> {
    return this.relations.change(actor, deltas.customersOfGroup(numberOf(groupId), sent), query);
  }
}
