import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { Customer, CustomerCreate, CustomerPage, CustomerPatch, CustomerQuery } from '../../contract/customer.js';
import { TwinQuery } from '../../contract/page.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, IfMatch, Requires } from '../platform/http/index.js';
import { CustomersService } from './customers.service.js';

@ApiTags('customers')
@Controller('api/v1/customers')
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  @Get()
  @Requires('clientele.read')
  @Answers(CustomerPage)
  list(@Query({ schema: CustomerQuery }) query: CustomerQuery): Promise<CustomerPage> {
    return this.customers.list(query);
  }

  @Post()
  @Requires('clientele.write')
  @Answers(Customer, 201)
  create(@CurrentActor() actor: Actor, @Body({ schema: CustomerCreate }) sent: CustomerCreate): Promise<Customer> {
    return this.customers.create(actor, sent);
  }

  @Get(':customerId')
  @Requires('clientele.read')
  @Answers(Customer)
  get(@Param('customerId') customerId: string, @Query({ schema: TwinQuery }) query: TwinQuery): Promise<Customer> {
    return this.customers.get(customerId, query);
  }

  @Patch(':customerId')
  @Requires('clientele.write')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The version that the sender saw, in double quotes' })
  @Answers(Customer)
  change(
    @CurrentActor() actor: Actor,
    @Param('customerId') customerId: string,
    @IfMatch() version: string,
    @Body({ schema: CustomerPatch }) sent: CustomerPatch,
  ): Promise<Customer> {
    return this.customers.change(actor, customerId, version, sent);
  }
}
