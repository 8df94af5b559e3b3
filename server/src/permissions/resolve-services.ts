import type { Validity } from '../../contract/validity.js';

export interface ServiceFact {
  readonly serviceId: number;
  /** The whole path, joined by `::`. */
  readonly name: string;
  readonly validity: Validity;
}

export interface ServiceFacts {
  /** Assigned to the person, of whatever validity. */
  readonly own: readonly ServiceFact[];
  /** Assigned to `<DEFAULT>`. */
  readonly defaults: readonly ServiceFact[];
  /** Whole paths of the invalid services. */
  readonly invalidNames: readonly string[];
}

export interface UsableServices {
  readonly source: 'own' | 'defaults' | 'none';
  readonly services: readonly ServiceFact[];
  /** Assigned to the person and of no effect. */
  readonly invalid: readonly ServiceFact[];
  /** Valid defaults that own services replace. */
  readonly replaced: readonly ServiceFact[];
  /** Of `services`: not offered in tickets, for a service above is invalid. */
  readonly hidden: readonly ServiceFact[];
}

/**
 * Which services a person can use: the own ones that are valid, or else, where `usesDefaults`, those of everybody.
 * `keepsChildren` is the helpdesk's Ticket::Service::KeepChildren.
 */
export function resolveServices(
  { own, defaults, invalidNames }: ServiceFacts,
  { usesDefaults, keepsChildren }: { readonly usesDefaults: boolean; readonly keepsChildren: boolean },
): UsableServices {
  const [ownValid, defaultValid] = [validOf(own), usesDefaults ? validOf(defaults) : []];
  const services = ownValid.length > 0 ? ownValid : defaultValid;
  const isBelowInvalid = ({ name }: ServiceFact): boolean => invalidNames.some((above) => name.startsWith(`${above}::`));
  return {
    source: sourceOf(ownValid, defaultValid),
    services,
    invalid: own.filter(({ validity }) => validity !== 'valid'),
    replaced: ownValid.length > 0 ? defaultValid : [],
    hidden: keepsChildren ? [] : services.filter(isBelowInvalid),
  };
}

/** Of a ticket without a person: the defaults, where Ticket::Service::Default::UnknownCustomer is on. */
export function servicesOfNobody(
  { defaults, invalidNames }: Omit<ServiceFacts, 'own'>,
  { defaultsForUnknown, keepsChildren }: { readonly defaultsForUnknown: boolean; readonly keepsChildren: boolean },
): UsableServices {
  return resolveServices({ own: [], defaults, invalidNames }, { usesDefaults: defaultsForUnknown, keepsChildren });
}

/** The names above a service, the nearest last. */
export function pathsAbove(name: string): string[] {
  const parts = name.split('::');
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('::'));
}

function validOf(services: readonly ServiceFact[]): ServiceFact[] {
  return services.filter(({ validity }) => validity === 'valid');
}

function sourceOf(own: readonly ServiceFact[], defaults: readonly ServiceFact[]): UsableServices['source'] {
  if (own.length > 0) return 'own';
  return defaults.length > 0 ? 'defaults' : 'none';
}
