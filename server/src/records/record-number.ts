import { NotFound } from '../kernel/errors.js';

/** The number of a group or a service, as it stands in an address: what is none, or no column could hold, is nowhere. */
export function recordNumber(text: string): number {
  const number = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Infinity;
  if (number > largestNumber) throw new NotFound();
  return number;
}

const largestNumber = 2_147_483_647;
