import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { CatalogueQuery } from '../../contract/group.js';
import { Service, ServiceCreate, ServicePage, ServicePatch } from '../../contract/service.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, IfMatch, Requires } from '../platform/http/index.js';
import { recordNumber } from '../records/record-number.js';
import { ServicesService } from './services.service.js';

@ApiTags('services')
@Controller('api/v1/services')
export class ServicesController {
  constructor(private readonly services: ServicesService) {}

  @Get()
  @Requires('clientele.read')
  @Answers(ServicePage)
  list(@Query({ schema: CatalogueQuery }) query: CatalogueQuery): Promise<ServicePage> {
    return this.services.list(query);
  }

  @Post()
  @Requires('clientele.admin')
  @Answers(Service, 201)
  create(@CurrentActor() actor: Actor, @Body({ schema: ServiceCreate }) sent: ServiceCreate): Promise<Service> {
    return this.services.create(actor, sent);
  }

  @Get(':serviceId')
  @Requires('clientele.read')
  @Answers(Service)
  get(@Param('serviceId') serviceId: string): Promise<Service> {
    return this.services.get(recordNumber(serviceId));
  }

  @Patch(':serviceId')
  @Requires('clientele.admin')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The version that the sender saw, in double quotes' })
  @Answers(Service)
  change(
    @CurrentActor() actor: Actor,
    @Param('serviceId') serviceId: string,
    @IfMatch() version: string,
    @Body({ schema: ServicePatch }) sent: ServicePatch,
  ): Promise<Service> {
    return this.services.change(actor, recordNumber(serviceId), version, sent);
  }
}
