import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { CatalogueQuery, Group, GroupCreate, GroupPage, GroupPatch } from '../../contract/group.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, IfMatch, Requires } from '../platform/http/index.js';
import { recordNumber } from '../records/record-number.js';
import { GroupsService } from './groups.service.js';

@ApiTags('groups')
@Controller('api/v1/groups')
export class GroupsController {
  constructor(private readonly groups: GroupsService) {}

  @Get()
  @Requires('clientele.read')
  @Answers(GroupPage)
  list(@Query({ schema: CatalogueQuery }) query: CatalogueQuery): Promise<GroupPage> {
    return this.groups.list(query);
  }

  @Post()
  @Requires('clientele.admin')
  @Answers(Group, 201)
  create(@CurrentActor() actor: Actor, @Body({ schema: GroupCreate }) sent: GroupCreate): Promise<Group> {
    return this.groups.create(actor, sent);
  }

  @Get(':groupId')
  @Requires('clientele.read')
  @Answers(Group)
  get(@Param('groupId') groupId: string): Promise<Group> {
    return this.groups.get(recordNumber(groupId));
  }

  @Patch(':groupId')
  @Requires('clientele.admin')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The version that the sender saw, in double quotes' })
  @Answers(Group)
  change(
    @CurrentActor() actor: Actor,
    @Param('groupId') groupId: string,
    @IfMatch() version: string,
    @Body({ schema: GroupPatch }) sent: GroupPatch,
  ): Promise<Group> {
    return this.groups.change(actor, recordNumber(groupId), version, sent);
  }
}
