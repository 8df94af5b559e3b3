import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GroupsOfCustomerDelta, GroupsOfCustomerPage } from '../../contract/grant.js';
import { PeopleDelta, PeopleOfCustomerPage, PeopleOfCustomerQuery } from '../../contract/membership.js';
import { RelationQuery, RelationWritten, WriteQuery } from '../../contract/relation.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, Requires } from '../platform/http/index.js';
import { ListedRelationsService } from './listed-relations.service.js';
import { NamedRelationsService } from './named-relations.service.js';
import { deltas } from './read-deltas.js';
import { RelationsService } from './relations.service.js';

@ApiTags('relations')
@Controller('api/v1/customers/:customerId')
export class CustomerRelationsController {
  constructor(
    private readonly relations: RelationsService,
    private readonly listed: ListedRelationsService,
    private readonly named: NamedRelationsService,
  ) {}

  @Get('customer-users')
  @Requires('clientele.read')
  @Answers(PeopleOfCustomerPage)
  people(
    @Param('customerId') customerId: string,
    @Query({ schema: PeopleOfCustomerQuery }) query: PeopleOfCustomerQuery,
  ): Promise<PeopleOfCustomerPage> {
    return this.listed.peopleOfCustomer(customerId, query);
  }

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

  @Get('groups')
  @Requires('clientele.read')
  @Answers(GroupsOfCustomerPage)
  groups(@Param('customerId') customerId: string, @Query({ schema: RelationQuery }) query: RelationQuery): Promise<GroupsOfCustomerPage> {
    return this.named.groupsOfCustomer(customerId, query);
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
