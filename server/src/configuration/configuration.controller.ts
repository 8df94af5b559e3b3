import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ConfigurationFindings } from '../../contract/backend.js';
import { Answers, Requires } from '../platform/http/index.js';

/** Injection token of what the linter says about the configuration of this process. */
export const FINDINGS = Symbol('FINDINGS');

@ApiTags('configuration')
@Controller('api/v1/configuration')
export class ConfigurationController {
  constructor(@Inject(FINDINGS) private readonly found: ConfigurationFindings) {}

  @Get('findings')
  @Requires('clientele.admin')
  @Answers(ConfigurationFindings)
  findings(): ConfigurationFindings {
    return this.found;
  }
}
