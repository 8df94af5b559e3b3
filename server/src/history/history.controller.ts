import { Controller, Get, Query } from '@nestjs/common';
import { HistoryPage, HistoryQuery } from '../../contract/history.js';
import { Answers, Requires } from '../platform/http/index.js';
import { HistoryService } from './history.service.js';

@Controller('api/v1/history')
export class HistoryController {
  constructor(private readonly history: HistoryService) {}

  @Get()
  @Requires('clientele.read')
  @Answers(HistoryPage)
  page(@Query({ schema: HistoryQuery }) query: HistoryQuery): Promise<HistoryPage> {
    return this.history.page(query);
  }
}
