import { FilterParser, type Filter } from 'ldapts';
import { filterFaultOf } from '../../config-pm/index.js';

/** What an operator wrote as a filter, read once; a fault is a sentence with the place. */
export type ReadFilter = { readonly filter: Filter } | { readonly fault: string };

export function readOperatorFilter(text: string): ReadFilter {
  const fault = filterFaultOf(text);
  if (fault) return { fault: `character ${fault.position}: ${fault.reason}` };
  try {
    return { filter: FilterParser.parseString(withTextForBytes(withoutGaps(text))) };
  } catch {
    return { fault: 'this kind of condition is not understood' };
  }
}

/** Operators write filters over several lines; the parser takes none but the bare form. A value holds no bare bracket. */
function withoutGaps(text: string): string {
  return text.trim().replace(/\)\s+(?=[()])/g, ')').replace(/\(\s+/g, '(').replace(/([&|!])\s+\(/g, '$1(');
}

/** `\c3\b6` stands for the bytes of one character; the parser would take each byte for a character. */
function withTextForBytes(text: string): string {
  return text.replace(/(?:\\[89a-f][0-9a-f])+/gi, (escaped) => Buffer.from(escaped.replaceAll('\\', ''), 'hex').toString('utf8'));
}
