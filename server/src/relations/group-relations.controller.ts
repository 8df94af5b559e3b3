import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CustomersOfGroupDelta, CustomersOfGroupPage, PeopleOfGroupDelta, PeopleOfGroupPage, PeopleOfGroupQuery } from '../../contract/grant.js';
import { RelationQuery, RelationWritten, WriteQuery } from '../../contract/relation.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, Requires } from '../platform/http/index.js';
import { recordNumber } from '../records/record-number.js';
import { ListedRelationsService } from './listed-relations.service.js';
import { deltas } from './read-deltas.js';
import { RelationsService } from './relations.service.js';

@ApiTags('relations')
@Controller('api/v1/groups/:groupId')
export class GroupRelationsController {
  constructor(
    private readonly relations: RelationsService,
    private readonly listed: ListedRelationsService,
  ) {}

  @Get('customer-users')
  @Requires('clientele.read')
  @Answers(PeopleOfGroupPage)
  people(@Param('groupId') groupId: string, @Query({ schema: PeopleOfGroupQuery }) query: PeopleOfGroupQuery): Promise<PeopleOfGroupPage> {
    return this.listed.peopleOfGroup(recordNumber(groupId), query);
  }

  @Patch('customer-users')
  @Requires('clientele.write')
  @Answers(RelationWritten)
  changePeople(
    @CurrentActor() actor: Actor,
    @Param('groupId') groupId: string,
    @Query({ schema: WriteQuery }) query: WriteQuery,
    @Body({ schema: PeopleOfGroupDelta }) sent: PeopleOfGroupDelta,
  ): Promise<RelationWritten> {
    return this.relations.change(actor, deltas.peopleOfGroup(recordNumber(groupId), sent), query);
  }

  @Get('customers')
  @Requires('clientele.read')
  @Answers(CustomersOfGroupPage)
  customers(@Param('groupId') groupId: string, @Query({ schema: RelationQuery }) query: RelationQuery): Promise<CustomersOfGroupPage> {
    return this.listed.customersOfGroup(recordNumber(groupId), query);
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
    return this.relations.change(actor, deltas.customersOfGroup(recordNumber(groupId), sent), query);
  }
}
