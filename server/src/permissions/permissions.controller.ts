import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  EffectivePermissions, EffectivePermissionsQuery, GrantExplanation, PermissionSettings, TicketAccess, TicketAccessQuery,
} from '../../contract/grant.js';
import { EffectiveServices } from '../../contract/service.js';
import { Answers, Requires } from '../platform/http/index.js';
import { recordNumber } from '../records/record-number.js';
import { EffectivePermissionsService } from './effective-permissions.service.js';
import { EffectiveServicesService } from './effective-services.service.js';
import { PermissionFactsLoader } from './permission-facts.loader.js';
import { TicketAccessService } from './ticket-access.service.js';

@ApiTags('permissions')
@Controller('api/v1')
export class PermissionsController {
  constructor(
    private readonly loader: PermissionFactsLoader,
    private readonly permissions: EffectivePermissionsService,
    private readonly services: EffectiveServicesService,
    private readonly tickets: TicketAccessService,
  ) {}

  @Get('permission-settings')
  @Requires('clientele.read')
  @Answers(PermissionSettings)
  settings(): PermissionSettings {
    return this.loader.settings;
  }

  @Get('customer-users/:login/effective-permissions')
  @Requires('clientele.read')
  @Answers(EffectivePermissions)
  list(@Param('login') login: string, @Query({ schema: EffectivePermissionsQuery }) query: EffectivePermissionsQuery): Promise<EffectivePermissions> {
    return this.permissions.list(login, query);
  }

  @Get('customer-users/:login/effective-permissions/:groupId/:key')
  @Requires('clientele.read')
  @Answers(GrantExplanation)
  explain(@Param('login') login: string, @Param('groupId') groupId: string, @Param('key') key: string): Promise<GrantExplanation> {
    return this.permissions.explain(login, recordNumber(groupId), key);
  }

  @Get('customer-users/:login/effective-services')
  @Requires('clientele.read')
  @Answers(EffectiveServices)
  effectiveServices(@Param('login') login: string): Promise<EffectiveServices> {
    return this.services.list(login);
  }

  @Get('customer-users/:login/ticket-access')
  @Requires('clientele.read')
  @Answers(TicketAccess)
  ticketAccess(@Param('login') login: string, @Query({ schema: TicketAccessQuery }) query: TicketAccessQuery): Promise<TicketAccess> {
    return this.tickets.check(login, query);
  }
}
