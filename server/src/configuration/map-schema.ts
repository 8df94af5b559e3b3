import { z } from 'zod';
import type { MapRow } from './block.js';
import { expected } from './perl-values.js';

/** The elements of a Map row by their place; the doc of each is in docs/configuration.md. */
export const mapElements = ['variable', 'label', 'storage', 'shown', 'required', 'type', 'link', 'readOnly', 'linkTarget', 'linkClass'] as const;
const fewestElements = 3;

/** Each row is a list of up to ten elements, in the helpdesk's order. What is left out at the end has its default. */
export const MapSection = z
  .array(z.unknown(), expected('a list of rows'))
  .min(1, { error: 'has no rows' })
  .transform((rows, context): MapRow[] =>
    rows.flatMap((given, index) => {
      const row = readRow(given, index + 1);
      if (typeof row !== 'string') return [row];
      context.addIssue({ code: 'custom', message: row, path: [index] });
      return [];
    }),
  );

/** The row, or what is wrong with it. */
function readRow(given: unknown, row: number): MapRow | string {
  if (!Array.isArray(given)) return 'expected a list of ten elements';
  if (given.length < fewestElements) return `has ${given.length} elements, at least ${mapElements[0]}, ${mapElements[1]} and ${mapElements[2]} are needed`;
  if (given.length > mapElements.length) return `has ${given.length} elements, at most ten are known`;
  const element = (name: (typeof mapElements)[number]): string => textOf(given[mapElements.indexOf(name)]);

  const variable = element('variable');
  const storage = element('storage');
  if (variable === '') return 'element 1 (variable) is empty';
  if (storage === '') return `element 3 (column) of ${variable} is empty`;
  const shown = shownOf(element('shown'));
  if (shown === null) return `element 4 (shown) of ${variable} must be 0, 1 or 2`;
  const isRequired = flagOf(element('required'));
  if (isRequired === null) return `element 5 (required) of ${variable} must be 0 or 1`;
  const isReadOnly = flagOf(element('readOnly'));
  if (isReadOnly === null) return `element 8 (read only) of ${variable} must be 0 or 1`;

  const template = element('link');
  return {
    row,
    variable,
    label: element('label') || variable,
    storage,
    shown,
    isRequired,
    type: typeOf(element('type')),
    link: template === '' ? null : { template, target: element('linkTarget'), cssClass: element('linkClass') },
    isReadOnly,
  };
}

function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function shownOf(value: string): 0 | 1 | 2 | null {
  if (value === '' || value === '0') return 0;
  if (value === '1') return 1;
  return value === '2' ? 2 : null;
}

function flagOf(value: string): boolean | null {
  if (value === '' || value === '0') return false;
  return value === '1' ? true : null;
}

function typeOf(value: string): MapRow['type'] {
  if (value.toLowerCase() === 'int') return 'integer';
  return value === 'dynamic_field' ? 'dynamic-field' : 'text';
}
