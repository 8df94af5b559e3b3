import { Injectable } from '@nestjs/common';
import type { CatalogueQuery } from '../../contract/group.js';
import type { Service, ServiceCreate, ServicePage, ServicePatch } from '../../contract/service.js';
import { HostCatalogues, type CatalogueEntry } from '../catalogues/index.js';
import type { Actor } from '../kernel/actor.js';
import { deadlineIn } from '../kernel/deadline.js';
import { NotFound, VersionStale } from '../kernel/errors.js';
import { readDeadlineMs } from '../records/deadlines.js';
import { DefaultServicesRepository } from './default-services.repository.js';
import { ServiceTree } from './service-tree.js';
import { splitPath } from './service-paths.js';

@Injectable()
export class ServicesService {
  constructor(
    private readonly catalogues: HostCatalogues,
    private readonly defaults: DefaultServicesRepository,
    private readonly tree: ServiceTree,
  ) {}

  async list({ search, cursor, validity, limit }: CatalogueQuery): Promise<ServicePage> {
    const { services } = this.catalogues;
    const { entries, nextCursor, count } = await services.page({ search: search ?? null, cursor: cursor ?? null, validity, limit }, deadlineIn(readDeadlineMs));
    return { items: await this.toServices(entries), nextCursor, count, isWritable: services.writer !== null };
  }

  /** Throws NotFound. */
  async get(serviceId: number): Promise<Service> {
    const [service] = await this.toServices(await this.catalogues.services.findMany([serviceId], deadlineIn(readDeadlineMs)));
    if (service === undefined) throw new NotFound();
    return service;
  }

  async create(actor: Actor, sent: ServiceCreate): Promise<Service> {
    const { id } = await this.tree.add(actor, sent);
    return this.get(id);
  }

  /** Throws `version.stale` with what is stored, and what the tree throws. */
  async change(actor: Actor, serviceId: number, version: string, sent: ServicePatch): Promise<Service> {
    const stored = await this.tree.change(actor, { serviceId, version, sent });
    if (stored !== null) throw new VersionStale((await this.toServices([stored]))[0]);
    return this.get(serviceId);
  }

  private async toServices(entries: readonly CatalogueEntry[]): Promise<Service[]> {
    const parents = [...new Set(entries.flatMap(({ name }) => splitPath(name).parent ?? []))];
    const [above, everybodys] = await Promise.all([this.catalogues.services.findNamed(parents, deadlineIn(readDeadlineMs)), this.defaults.among(entries.map(({ id }) => id))]);
    const idByName = new Map(above.map(({ name, id }) => [name, id]));
    return entries.map(({ id, name, comment, validity, version }) => ({
      serviceId: id,
      name,
      parentId: idByName.get(splitPath(name).parent ?? '') ?? null,
      comment,
      validity,
      version,
      isDefault: everybodys.has(id),
    }));
  }
}
