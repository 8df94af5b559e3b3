import { z } from 'zod';
import type { BackendKind } from '../../contract/backend.js';
import { CustomerCompanySection, CustomerUserSection, keptBlockKeys } from './block-schema.js';
import type { BackendBlock } from './block.js';
import { defaultCustomerCompanyBlock, defaultCustomerUserBlock } from './default-blocks.js';
import { record, withoutNulls } from './perl-values.js';

/** Hits offered per search where the block says nothing. */
export const defaultListLimit = 1000;
/** A directory answers with few, as in the helpdesk. */
const directoryListLimit = 200;
const directoryModules = ['Kernel::System::CustomerUser::LDAP', 'ldap'];

const kinds = {
  'customer-user': { name: 'CustomerUser', section: CustomerUserSection, defaultBlock: defaultCustomerUserBlock },
  customer: { name: 'CustomerCompany', section: CustomerCompanySection, defaultBlock: defaultCustomerCompanyBlock },
} as const;

/** `CustomerUser`, then `CustomerUser1` to `CustomerUser10`: also the order of precedence, whatever the file's. */
export function blockNames(kind: BackendKind): string[] {
  const { name } = kinds[kind];
  return [name, ...Array.from({ length: 10 }, (_, index) => `${name}${index + 1}`)];
}

/** What is found out about a file: what is wrong, and what is only worth a word. */
export interface Findings {
  readonly faults: string[];
  readonly warnings: string[];
}

/** The blocks of one kind in their order; where the file has none, the helpdesk's default block. */
export function readBlocks(kind: BackendKind, file: Readonly<Record<string, unknown>>, findings: Findings): BackendBlock[] {
  const given = blockNames(kind).filter((id) => file[id] !== undefined && file[id] !== null);
  const sources = given.length > 0 ? given.map((id) => [id, file[id]] as const) : [[kinds[kind].name, kinds[kind].defaultBlock] as const];
  return sources.flatMap(([id, content], index) => {
    const block = readBlock(kind, id, content, findings);
    return block === null ? [] : [{ ...block, title: block.title || `No Name ${index + 1}` }];
  });
}

function readBlock(kind: BackendKind, id: string, content: unknown, findings: Findings): BackendBlock | null {
  const given = record.safeParse(content);
  if (!given.success) {
    findings.faults.push(`${id}: expected keys with values`);
    return null;
  }
  warnOfUnknownKeys(id, given.data, Object.keys(kinds[kind].section.shape), findings);
  const section = withoutNulls(given.data);
  return kind === 'customer-user'
    ? customerUserBlock(id, CustomerUserSection.safeParse(section), findings)
    : customerBlock(id, CustomerCompanySection.safeParse(section), findings);
}

function customerUserBlock(
  id: string,
  read: z.ZodSafeParseResult<z.output<typeof CustomerUserSection>>,
  findings: Findings,
): BackendBlock | null {
  if (!read.success) return noted(id, read.error, findings);
  const given = read.data;
  const keyColumn = given.CustomerKey ?? given.Key;
  if (keyColumn === undefined) {
    findings.faults.push(`${id}, CustomerKey: is missing`);
    return null;
  }
  return {
    ...common(id, 'customer-user', given),
    keyColumn,
    customerIdColumn: given.CustomerID,
    validColumn: given.CustomerValid ?? null,
    validFilter: given.CustomerUserValidFilter || null,
    listColumns: given.CustomerUserListFields ?? null,
    searchColumns: given.CustomerUserSearchFields ?? null,
    mailColumns: given.CustomerUserPostMasterSearchFields ?? null,
    nameColumns: given.CustomerUserNameFields ?? null,
    nameJoin: given.CustomerUserNameFieldsJoin,
    searchPrefix: given.CustomerUserSearchPrefix,
    searchSuffix: given.CustomerUserSearchSuffix,
    listLimit: given.CustomerUserSearchListLimit || (directoryModules.includes(given.Module) ? directoryListLimit : defaultListLimit),
    uniqueEmail: given.CustomerUserEmailUniqCheck,
    loginPrefix: given.AutoLoginCreation ? given.AutoLoginCreationPrefix || 'auto' : null,
    customerSupport: given.CustomerCompanySupport,
    excludePrimaryCustomerId: given.CustomerUserExcludePrimaryCustomerID,
  };
}

function customerBlock(
  id: string,
  read: z.ZodSafeParseResult<z.output<typeof CustomerCompanySection>>,
  findings: Findings,
): BackendBlock | null {
  if (!read.success) return noted(id, read.error, findings);
  const given = read.data;
  return {
    ...common(id, 'customer', given),
    keyColumn: given.CustomerCompanyKey,
    customerIdColumn: null,
    validColumn: given.CustomerCompanyValid ?? null,
    validFilter: null,
    listColumns: given.CustomerCompanyListFields ?? null,
    searchColumns: given.CustomerCompanySearchFields ?? null,
    mailColumns: null,
    nameColumns: null,
    nameJoin: ' ',
    searchPrefix: given.CustomerCompanySearchPrefix,
    searchSuffix: given.CustomerCompanySearchSuffix,
    listLimit: given.CustomerCompanySearchListLimit || defaultListLimit,
    uniqueEmail: false,
    loginPrefix: null,
    customerSupport: false,
    excludePrimaryCustomerId: false,
  };
}

function common(
  id: string,
  kind: BackendKind,
  given: z.output<typeof CustomerUserSection> | z.output<typeof CustomerCompanySection>,
) {
  return {
    id,
    kind,
    title: given.Name ?? '',
    module: given.Module,
    params: withoutNulls(given.Params ?? {}),
    isReadOnly: given.ReadOnly,
    cacheTtl: given.CacheTTL,
    map: given.Map,
    selections: Object.fromEntries(
      Object.entries(given.Selections).map(([variable, choices]) => [
        variable,
        Object.entries(choices).map(([value, label]) => ({ value, label: label ?? value })),
      ]),
    ),
  };
}

function noted(id: string, error: z.ZodError, findings: Findings): null {
  findings.faults.push(...faultsOf(id, error));
  return null;
}

/** `CustomerUser, Map row 9: …` where the path leads into the Map, `CustomerUser, CustomerKey: …` elsewhere. */
export function faultsOf(place: string, error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const [key, index, ...deeper] = issue.path;
    const { message } = issue;
    if (key === undefined) return `${place}: ${message}`;
    if (key === 'Map' && typeof index === 'number') return `${place}, Map row ${index + 1}: ${message}`;
    return `${place}, ${[key, ...(index === undefined ? [] : [index]), ...deeper].map(String).join('.')}: ${message}`;
  });
}

function warnOfUnknownKeys(id: string, given: Readonly<Record<string, unknown>>, known: readonly string[], findings: Findings): void {
  for (const key of Object.keys(given)) {
    if (known.includes(key) || keptBlockKeys.has(key)) continue;
    findings.warnings.push(`${id}, ${key}: is not a key that is known here; it has no effect`);
  }
}
