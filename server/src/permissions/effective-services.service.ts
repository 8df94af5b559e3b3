import { Inject, Injectable } from '@nestjs/common';
import type { ServiceEnd } from '../../contract/relation.js';
import type { EffectiveServices } from '../../contract/service.js';
import { CONFIGURATION, type Configuration } from '../configuration/index.js';
import { deadlineIn } from '../kernel/deadline.js';
import { NotFound } from '../kernel/errors.js';
import { readDeadlineMs } from '../records/deadlines.js';
import { toCustomerUserEnd } from './customer-ends.js';
import { personOf } from './permission-facts.js';
import { PermissionFactsLoader } from './permission-facts.loader.js';
import { resolveServices, type ServiceFact } from './resolve-services.js';
import { defaultsLogin, ServiceFactsRepository } from './service-facts.repository.js';

/** Which services one person can use, and why. */
@Injectable()
export class EffectiveServicesService {
  constructor(
    private readonly loader: PermissionFactsLoader,
    private readonly services: ServiceFactsRepository,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  async list(login: string): Promise<EffectiveServices> {
    if (login.toUpperCase() === defaultsLogin) throw new NotFound();
    const [{ facts, reports }, services] = await Promise.all([
      this.loader.loadFactsFor([login], { groupIds: [] }, deadlineIn(readDeadlineMs)),
      this.services.ofPerson(login),
    ]);
    const usable = resolveServices(services, { usesDefaults: true, keepsChildren: this.configuration.settings.keepServiceChildren });
    return {
      person: toCustomerUserEnd(personOf(facts, login)),
      source: usable.source,
      services: usable.services.map(toServiceEnd),
      invalid: usable.invalid.map(toServiceEnd),
      replaced: usable.replaced.map(toServiceEnd),
      hidden: usable.hidden.map(toServiceEnd),
      reports: [...reports],
    };
  }
}

function toServiceEnd({ serviceId, name, validity }: ServiceFact): ServiceEnd {
  return { serviceId, name, validity };
}
