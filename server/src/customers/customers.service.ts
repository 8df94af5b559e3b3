import { Injectable } from '@nestjs/common';
import type { Customer, CustomerCreate, CustomerPage, CustomerPatch, CustomerQuery } from '../../contract/customer.js';
import type { TwinQuery } from '../../contract/page.js';
import { CustomerDirectory } from '../backends/index.js';
import type { Actor } from '../kernel/actor.js';
import { deadlineIn } from '../kernel/deadline.js';
import { ValidationFailed, VersionStale } from '../kernel/errors.js';
import { readDeadlineMs, writeDeadlineMs } from '../records/deadlines.js';
import { toDirectoryQuery, toPage } from '../records/record-page.js';
import { readChangedFields, readNewFields, type ReadFields, type Values } from '../records/validate-fields.js';
import { backendForNew, writable } from '../records/writable-backend.js';
import { fromCustomer, toCustomer } from './customer.mapper.js';
import { CustomerStore } from './customer.store.js';

@Injectable()
export class CustomersService {
  constructor(
    private readonly directory: CustomerDirectory,
    private readonly store: CustomerStore,
  ) {}

  async list(query: CustomerQuery): Promise<CustomerPage> {
    return toPage(await this.directory.page(toDirectoryQuery(query), deadlineIn(readDeadlineMs)), toCustomer);
  }

  async get(customerId: string, { backend }: TwinQuery): Promise<Customer> {
    return toCustomer(await this.directory.findWithTwins(customerId, backend ?? null, deadlineIn(readDeadlineMs)));
  }

  async create(actor: Actor, sent: CustomerCreate): Promise<Customer> {
    const deadline = deadlineIn(writeDeadlineMs);
    const target = backendForNew(this.directory.backends, sent.backendId);
    const values = accepted(readNewFields(target.backend, fromCustomer(target.backend.fields, { ...sent, validity: sent.validity ?? 'valid' }), new Set()));
    return toCustomer({ ...target, record: await this.store.insert(actor, target, values, deadline) });
  }

  async change(actor: Actor, customerId: string, version: string, sent: CustomerPatch): Promise<Customer> {
    const deadline = deadlineIn(writeDeadlineMs);
    const owned = await this.directory.findOwner(customerId, deadline);
    const target = writable(owned.backend);
    if (owned.record.version !== version) throw new VersionStale(toCustomer(owned));
    const values = accepted(readChangedFields(owned.backend, fromCustomer(owned.backend.fields, sent), owned.record.values));
    if (Object.keys(values).length === 0) return toCustomer(owned);
    return toCustomer({ ...target, record: await this.store.update(actor, target, { customerId: owned.record.key, version, values }, deadline) });
  }
}

function accepted({ values, issues }: ReadFields): Values {
  if (issues.length > 0) throw new ValidationFailed(issues);
  return values;
}
