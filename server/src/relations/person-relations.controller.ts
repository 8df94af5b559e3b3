import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GroupsOfPersonDelta, GroupsOfPersonPage } from '../../contract/grant.js';
import { CustomersDelta, CustomersOfPersonPage } from '../../contract/membership.js';
import { RelationQuery, RelationWritten, WriteQuery } from '../../contract/relation.js';
import { ServicesDelta, ServicesOfPersonPage } from '../../contract/service.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, Requires } from '../platform/http/index.js';
import { ListedRelationsService } from './listed-relations.service.js';
import { NamedRelationsService } from './named-relations.service.js';
import { loginOf } from './path-keys.js';
import { deltas } from './read-deltas.js';
import { RelationsService } from './relations.service.js';

@ApiTags('relations')
@Controller('api/v1/customer-users/:login')
export class PersonRelationsController {
  constructor(
    private readonly relations: RelationsService,
    private readonly listed: ListedRelationsService,
    private readonly named: NamedRelationsService,
  ) {}

  @Get('customers')
  @Requires('clientele.read')
  @Answers(CustomersOfPersonPage)
  customers(@Param('login') login: string, @Query({ schema: RelationQuery }) query: RelationQuery): Promise<CustomersOfPersonPage> {
    return this.listed.customersOfPerson(loginOf(login), query);
  }

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

  @Get('groups')
  @Requires('clientele.read')
  @Answers(GroupsOfPersonPage)
  groups(@Param('login') login: string, @Query({ schema: RelationQuery }) query: RelationQuery): Promise<GroupsOfPersonPage> {
    return this.named.groupsOfPerson(loginOf(login), query);
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

  @Get('services')
  @Requires('clientele.read')
  @Answers(ServicesOfPersonPage)
  services(@Param('login') login: string, @Query({ schema: RelationQuery }) query: RelationQuery): Promise<ServicesOfPersonPage> {
    return this.named.servicesOf(loginOf(login), query);
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
