import { Injectable } from '@nestjs/common';
import type { ExampleDataLoaded, FirstRun } from '../../../../contract/embedded-host.js';
import { CustomerDirectory, CustomerUserDirectory, validityId } from '../../../backends/index.js';
import { CustomersService } from '../../../customers/index.js';
import { CustomerUserStore } from '../../../customer-users/index.js';
import type { Actor } from '../../../kernel/actor.js';
import { deadlineIn } from '../../../kernel/deadline.js';
import { DomainError } from '../../../kernel/errors.js';
import { limitParallel } from '../../../kernel/limit-parallel.js';
import { backendForNew, type WritableBackend } from '../../../records/writable-backend.js';
import { exampleCustomers, examplePeople, type ExamplePerson } from './example-records.js';

const deadlineMs = 40_000;
const writersAtOnce = 4;

/** What the first page asks: is there anything yet, and shall there be something to look at. */
@Injectable()
export class FirstRunService {
  constructor(
    private readonly customerDirectory: CustomerDirectory,
    private readonly customerUserDirectory: CustomerUserDirectory,
    private readonly customers: CustomersService,
    private readonly customerUsers: CustomerUserStore,
  ) {}

  async look(): Promise<FirstRun> {
    const deadline = deadlineIn(deadlineMs);
    const [customers, customerUsers] = await Promise.all([
      this.customerDirectory.hasAny(deadline),
      this.customerUserDirectory.hasAny(deadline),
    ]);
    const isWritable = [this.customerDirectory, this.customerUserDirectory].every(({ backends }) =>
      backends.some(({ writer }) => writer !== null),
    );
    return { customers, customerUsers, exampleDataOffered: !customers && !customerUsers && isWritable };
  }

  /**
   * By the same steps as any other record, so that each has its history; only without passwords, for nobody is to sign
   * in as a made-up person, and 500 slow hashes would take minutes. Throws `customer.taken` where there is anything yet.
   */
  async loadExampleData(actor: Actor): Promise<ExampleDataLoaded> {
    const { exampleDataOffered } = await this.look();
    if (!exampleDataOffered) throw new DomainError('customer.taken');
    const customers = exampleCustomers();
    for (const customer of customers) await this.customers.create(actor, customer);

    const target = backendForNew(this.customerUserDirectory.backends, undefined);
    const deadline = deadlineIn(deadlineMs);
    const inTurn = limitParallel(writersAtOnce);
    const people = examplePeople();
    await Promise.all(
      people.map((person) =>
        inTurn(() =>
          this.customerUsers.insert(actor, target, { login: person.login, values: valuesOf(target, person), password: null }, deadline),
        ),
      ),
    );
    return { customers: customers.length, customerUsers: people.length };
  }
}

/** By the variables that the operator's Map has; what it has not is left out. */
function valuesOf({ backend }: WritableBackend, person: ExamplePerson): Record<string, string | number> {
  const { rows, roles } = backend.fields;
  const values: [string | null, string | number][] = [
    [roles.key, person.login],
    [roles.email, person.email],
    [roles.customerId, person.customerId],
    [roles.validity, validityId(person.validity)],
    ...Object.entries(person.fields),
  ];
  const mapped = new Set(rows.map(({ variable }) => variable));
  return Object.fromEntries(values.flatMap(([variable, value]) => (variable !== null && mapped.has(variable) ? [[variable, value]] : [])));
}
