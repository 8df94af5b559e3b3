import type { Filter } from 'ldapts';
import type { BackendBlock } from '../../configuration/index.js';
import { BlockFaults } from '../backend-driver.js';
import { buildFieldMap, isSecret, nothingKnown, type FieldMap, type FieldMapRow } from '../field-map.js';
import type { LdapParams } from './ldap-params.js';
import { readOperatorFilter } from './operator-filter.js';

/** What a block asks of its directory, checked and ready. Names of attributes compare in any case. */
export interface LdapPlan {
  readonly fields: FieldMap;
  /** Rows whose values are read: all but passwords. */
  readonly mapped: readonly FieldMapRow[];
  /** All attributes that a record is made of. */
  readonly attributes: readonly string[];
  readonly key: string;
  readonly customerId: string;
  readonly searched: readonly string[];
  readonly mail: readonly string[];
  readonly name: readonly string[];
  readonly nameJoin: string;
  readonly always: Filter | null;
  readonly valid: Filter | null;
}

/** RFC 4512: a name or an OID, with options. */
const attributeName = /^(?:[a-z][a-z0-9-]*|\d+(?:\.\d+)*)(?:;[a-z0-9-]+)*$/i;

/** Throws BlockFaults. */
export function planDirectory(block: BackendBlock, params: LdapParams): LdapPlan {
  const faults: string[] = [];
  if (block.kind !== 'customer-user') faults.push('Module: a directory holds customer users only');
  const filter = (text: string | null, place: string): Filter | null => {
    if (text === null) return null;
    const read = readOperatorFilter(text);
    if ('filter' in read) return read.filter;
    faults.push(`${place}: is no filter of a directory; ${read.fault}`);
    return null;
  };
  const always = filter(params.alwaysFilter, 'Params.AlwaysFilter');
  const valid = filter(block.validFilter, 'CustomerUserValidFilter');

  const fields = buildFieldMap(block, nothingKnown);
  const storageOf = (...variables: string[]): string[] => fields.rows.filter(({ variable }) => variables.includes(variable)).map(({ storage }) => storage);
  const mapped = fields.rows.filter((row) => !isSecret(fields, row));
  const customerId = block.customerIdColumn ?? '';
  const searched = block.searchColumns ?? [block.keyColumn];
  const mail = block.mailColumns ?? storageOf('UserEmail');
  const name = block.nameColumns ?? storageOf('UserFirstname', 'UserLastname');
  const read = [block.keyColumn, customerId, ...name, ...mapped.map(({ storage }) => storage)];

  for (const attribute of new Set([...read, ...searched, ...mail])) {
    if (!attributeName.test(attribute)) faults.push(`Map: "${attribute}" cannot be the name of an attribute`);
  }
  const secrets = fields.rows.filter((row) => isSecret(fields, row)).map(({ storage }) => storage.toLowerCase());
  for (const attribute of searched.filter((candidate) => secrets.includes(candidate.toLowerCase()))) {
    faults.push(`CustomerUserSearchFields: attribute "${attribute}" holds passwords`);
  }
  if (faults.length > 0) throw new BlockFaults(faults);
  return {
    fields,
    mapped,
    attributes: [...new Set(read.map((attribute) => attribute.toLowerCase()))],
    key: block.keyColumn,
    customerId,
    searched,
    mail,
    name,
    nameJoin: block.nameJoin,
    always,
    valid,
  };
}
