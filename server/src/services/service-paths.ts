import type { Issue } from '../../contract/problem.js';
import type { CatalogueEntry } from '../catalogues/index.js';

const separator = '::';

export function joinPath(parent: string | null, name: string): string {
  return parent === null ? name : `${parent}${separator}${name}`;
}

/** The path above, `null` at the top, and the last part. */
export function splitPath(path: string): { readonly parent: string | null; readonly name: string } {
  const end = path.lastIndexOf(separator);
  return end === -1 ? { parent: null, name: path } : { parent: path.slice(0, end), name: path.slice(end + separator.length) };
}

export function isBelow(path: string, above: string): boolean {
  return path.startsWith(above + separator);
}

/** A part of a path that would be read as several, or would blur where one ends. */
export function partIssues(name: string): Issue[] {
  const isBlurred = name.includes(separator) || name.startsWith(':') || name.endsWith(':');
  return isBlurred ? [{ path: 'name', code: 'service.separator' }] : [];
}

/** The whole path has to fit into the column, its own as well as those of all below. */
export function pathIssues(paths: readonly string[], max: number): Issue[] {
  return paths.some((path) => [...path].length > max) ? [{ path: 'name', code: 'service.path-too-long', params: { max } }] : [];
}

/** What all below are called after the one above them is. */
export function movedPaths(below: readonly CatalogueEntry[], from: string, to: string): readonly { readonly entry: CatalogueEntry; readonly name: string }[] {
  return below.map((entry) => ({ entry, name: to + entry.name.slice(from.length) }));
}
