import type { Service } from '../../../server/contract/service.js';

/** A service at its place in the tree. */
export interface TreeService extends Service {
  /** 0 at the top. */
  readonly depth: number;
  /** The last part of its name. */
  readonly shortName: string;
  /** The names above it, where the row right above does not show them: the parent is filtered out, or on another page. */
  readonly path: string;
}

const separator = '::';

/** Services in the order of a tree: what is below a service follows it, whatever signs are in the names. */
export function serviceTree(services: readonly Service[], locale: string): TreeService[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const shown = new Set(services.map(({ name }) => name));
  return [...services]
    .sort((one, other) => comparePaths(one.name.split(separator), other.name.split(separator), compare))
    .map((service) => {
      const parts = service.name.split(separator);
      const above = parts.slice(0, -1);
      const isBelowShown = above.length === 0 || shown.has(above.join(separator));
      return { ...service, depth: isBelowShown ? above.length : 0, shortName: parts.at(-1) ?? service.name, path: isBelowShown ? '' : above.join(separator) };
    });
}

function comparePaths(one: readonly string[], other: readonly string[], compare: (one: string, other: string) => number): number {
  const differing = one.findIndex((part, index) => part !== other[index]);
  if (differing === -1) return one.length - other.length;
  const [part, otherPart] = [one[differing] ?? '', other[differing]];
  if (otherPart === undefined) return 1;
  return compare(part, otherPart) || (part < otherPart ? -1 : 1);
}
