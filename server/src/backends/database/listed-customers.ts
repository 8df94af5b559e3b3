import { foldKey } from '../backend.js';

/** The helpdesk parts the list by the first of these that is in it. */
const separators = [';', ',', '|'] as const;

/** UserCustomerIDs with one customer ID put in the place of another, everything else as it was; `null`: it is not among them. */
export function replaceListed(text: string, from: string, to: string): string | null {
  const separator = separators.find((candidate) => text.includes(candidate));
  const parts = separator === undefined ? [text] : text.split(separator);
  const replaced = parts.map((part) => (foldKey(part.trim()) === foldKey(from) ? part.replace(part.trim(), () => to) : part));
  const result = replaced.join(separator ?? '');
  return result === text ? null : result;
}

/** Whether such a list can hold the customer ID at all. */
export function isListable(customerId: string): boolean {
  return !separators.some((separator) => customerId.includes(separator));
}
