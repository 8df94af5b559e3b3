import { validities, type Validity } from '../../contract/validity.js';

/** The id in the helpdesk's table `valid`: 1 to 3, in the order of the names. */
export function validityId(validity: Validity): number {
  return validities.indexOf(validity) + 1;
}

/** Only id 1 counts as valid; an id that nobody knows is as invalid as the helpdesk takes it. */
export function validityOf(id: unknown): Validity {
  return validities[Number(id) - 1] ?? 'invalid';
}
