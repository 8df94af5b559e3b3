import { Body, Controller, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { CustomerRename, LoginRename, type Renamed, RenameAnswer, type RenamePreview } from '../../contract/job.js';
import { WriteQuery } from '../../contract/relation.js';
import type { Actor } from '../kernel/actor.js';
import { Answers, CurrentActor, IfMatch, Requires } from '../platform/http/index.js';
import { RenamesService } from './renames.service.js';

const VersionHeader = ApiHeader({ name: 'If-Match', required: true, description: 'The version that the sender saw, in double quotes' });

@ApiTags('renames')
@Controller('api/v1')
export class RenamesController {
  constructor(private readonly renames: RenamesService) {}

  @Post('customer-users/:login/rename')
  @Requires('clientele.write')
  @VersionHeader
  @Answers(RenameAnswer)
  renameLogin(
    @CurrentActor() actor: Actor,
    @Param('login') login: string,
    @IfMatch() version: string,
    @Query({ schema: WriteQuery }) { dryRun }: WriteQuery,
    @Body({ schema: LoginRename }) sent: LoginRename,
  ): Promise<Renamed | RenamePreview> {
    return dryRun === 'true' ? this.renames.previewLogin(login, version, sent) : this.renames.renameLogin(actor, login, version, sent);
  }

  @Post('customers/:customerId/rename')
  @Requires('clientele.write')
  @VersionHeader
  @Answers(RenameAnswer)
  renameCustomer(
    @CurrentActor() actor: Actor,
    @Param('customerId') customerId: string,
    @IfMatch() version: string,
    @Query({ schema: WriteQuery }) { dryRun }: WriteQuery,
    @Body({ schema: CustomerRename }) sent: CustomerRename,
  ): Promise<Renamed | RenamePreview> {
    return dryRun === 'true' ? this.renames.previewCustomer(customerId, version, sent) : this.renames.renameCustomer(actor, customerId, version, sent);
  }
}
