import { z } from 'zod';
import { BackendReport, Count } from './page.js';
import { CustomerUserEnd, deltaOf, relationPageOf, ServiceEnd } from './relation.js';
import { Validity } from './validity.js';

/** `name` is the whole path, joined by `::`. */
export const Service = z
  .object({
    serviceId: z.number().int(),
    name: z.string(),
    /** `null`: at the top, or its parent is gone. */
    parentId: z.number().int().nullable(),
    comment: z.string(),
    validity: Validity,
    version: z.string(),
    /** Used by everybody without own services. */
    isDefault: z.boolean(),
  })
  .meta({ id: 'Service' });
export type Service = z.infer<typeof Service>;

/** `name` is the last part of the path, without `::`. */
export const ServiceCreate = z
  .strictObject({
    name: z.string().max(10_000),
    parentId: z.number().int().nullable().default(null),
    comment: z.string().max(10_000).default(''),
    validity: Validity.default('valid'),
  })
  .meta({ id: 'ServiceCreate' });
export type ServiceCreate = z.infer<typeof ServiceCreate>;
/** A new name or parent takes everything below along. */
export const ServicePatch = z
  .strictObject({
    name: z.string().max(10_000).optional(),
    parentId: z.number().int().nullable().optional(),
    comment: z.string().max(10_000).optional(),
    validity: Validity.optional(),
  })
  .meta({ id: 'ServicePatch' });
export type ServicePatch = z.infer<typeof ServicePatch>;

export const ServicePage = z
  .object({ items: z.array(Service), nextCursor: z.string().nullable(), count: Count, isWritable: z.boolean() })
  .meta({ id: 'ServicePage' });
export type ServicePage = z.infer<typeof ServicePage>;

export const ServiceOfPerson = z.object({ service: ServiceEnd, assigned: z.boolean() });
export type ServiceOfPerson = z.infer<typeof ServiceOfPerson>;
export const ServicesOfPersonPage = relationPageOf(ServiceOfPerson).meta({ id: 'ServicesOfPersonPage' });
export type ServicesOfPersonPage = z.infer<typeof ServicesOfPersonPage>;

export const PersonOfService = z.object({ customerUser: CustomerUserEnd, assigned: z.boolean() });
export type PersonOfService = z.infer<typeof PersonOfService>;
export const PeopleOfServicePage = relationPageOf(PersonOfService).meta({ id: 'PeopleOfServicePage' });
export type PeopleOfServicePage = z.infer<typeof PeopleOfServicePage>;

const serviceEntry = z.strictObject({ serviceId: z.number().int() });
export const ServicesDelta = deltaOf(serviceEntry, serviceEntry.extend({ assigned: z.boolean() })).meta({ id: 'ServicesDelta' });
export type ServicesDelta = z.infer<typeof ServicesDelta>;

/** Which services a person can use, and why: own ones replace the defaults. */
export const EffectiveServices = z
  .object({
    person: CustomerUserEnd,
    source: z.enum(['own', 'defaults', 'none']),
    services: z.array(ServiceEnd),
    /** Assigned and of no effect: the service is invalid. */
    invalid: z.array(ServiceEnd),
    /** Defaults that own services replace. */
    replaced: z.array(ServiceEnd),
    /** Of `services`, those that tickets do not offer: one above them is invalid. */
    hidden: z.array(ServiceEnd),
    reports: z.array(BackendReport),
  })
  .meta({ id: 'EffectiveServices' });
export type EffectiveServices = z.infer<typeof EffectiveServices>;
