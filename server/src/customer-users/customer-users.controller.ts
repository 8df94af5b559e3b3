import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import {
  CustomerUser, CustomerUserCreate, CustomerUserCreated, CustomerUserPage, CustomerUserPatch, CustomerUserQuery, PasswordChange,
  PasswordChanged,
} from '../../contract/customer-user.js';
import { TwinQuery } from '../../contract/page.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, IfMatch, passwordLimit, RateLimited, Requires } from '../platform/http/index.js';
import { CustomerUsersService } from './customer-users.service.js';

@ApiTags('customer users')
@Controller('api/v1/customer-users')
export class CustomerUsersController {
  constructor(private readonly customerUsers: CustomerUsersService) {}

  @Get()
  @Requires('clientele.read')
  @Answers(CustomerUserPage)
  list(@Query({ schema: CustomerUserQuery }) query: CustomerUserQuery): Promise<CustomerUserPage> {
    return this.customerUsers.list(query);
  }

  @Post()
  @Requires('clientele.write')
  @Answers(CustomerUserCreated, 201)
  create(@CurrentActor() actor: Actor, @Body({ schema: CustomerUserCreate }) sent: CustomerUserCreate): Promise<CustomerUserCreated> {
    return this.customerUsers.create(actor, sent);
  }

  @Get(':login')
  @Requires('clientele.read')
  @Answers(CustomerUser)
  get(@Param('login') login: string, @Query({ schema: TwinQuery }) query: TwinQuery): Promise<CustomerUser> {
    return this.customerUsers.get(login, query);
  }

  @Patch(':login')
  @Requires('clientele.write')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The version that the sender saw, in double quotes' })
  @Answers(CustomerUser)
  change(
    @CurrentActor() actor: Actor,
    @Param('login') login: string,
    @IfMatch() version: string,
    @Body({ schema: CustomerUserPatch }) sent: CustomerUserPatch,
  ): Promise<CustomerUser> {
    return this.customerUsers.change(actor, login, version, sent);
  }

  @Post(':login/password')
  @Requires('clientele.write')
  @RateLimited(passwordLimit)
  @Answers(PasswordChanged)
  setPassword(
    @CurrentActor() actor: Actor,
    @Param('login') login: string,
    @Body({ schema: PasswordChange }) sent: PasswordChange,
  ): Promise<PasswordChanged> {
    return this.customerUsers.setPassword(actor, login, sent);
  }
}
