import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CustomerIdList, CustomerIdQuery } from '../../contract/customer-id.js';
import { deadlineIn } from '../kernel/deadline.js';
import { Answers, Requires } from '../platform/http/index.js';
import { CustomerUserDirectory } from './directory.js';

const patienceMs = 5_000;

@ApiTags('customer users')
@Controller('api/v1/customer-ids')
export class CustomerIdsController {
  constructor(private readonly directory: CustomerUserDirectory) {}

  @Get()
  @Requires('clientele.read')
  @Answers(CustomerIdList)
  list(@Query({ schema: CustomerIdQuery }) { search, limit }: CustomerIdQuery): Promise<CustomerIdList> {
    return this.directory.customerIds(search, limit, deadlineIn(patienceMs));
  }
}
