import type { BackendKind } from '../../contract/backend.js';
import { driverOf } from './host-names.js';
import type { LintCode } from './lint-messages.js';
import type { FindingParams, LintReport } from './lint-report.js';
import { isContent, isOn, textOf, type Content } from './lint-values.js';
import type { ConfigurationPath } from './to-configuration.js';

/** The names of one kind of block for the same thing. */
export interface BlockWords {
  readonly key: string;
  readonly keyVariable: string;
  readonly valid: string;
  readonly listFields: string;
  readonly searchFields: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly limit: string;
  /** What the helpdesk offers where the limit is 0 or missing. */
  readonly hostLimit: { readonly database: number; readonly ldap: number };
}

export const blockWords: Readonly<Record<BackendKind, BlockWords>> = {
  'customer-user': {
    key: 'CustomerKey', keyVariable: 'UserLogin', valid: 'CustomerValid',
    listFields: 'CustomerUserListFields', searchFields: 'CustomerUserSearchFields',
    prefix: 'CustomerUserSearchPrefix', suffix: 'CustomerUserSearchSuffix', limit: 'CustomerUserSearchListLimit',
    hostLimit: { database: 250, ldap: 200 },
  },
  customer: {
    key: 'CustomerCompanyKey', keyVariable: 'CustomerID', valid: 'CustomerCompanyValid',
    listFields: 'CustomerCompanyListFields', searchFields: 'CustomerCompanySearchFields',
    prefix: 'CustomerCompanySearchPrefix', suffix: 'CustomerCompanySearchSuffix', limit: 'CustomerCompanySearchListLimit',
    hostLimit: { database: 50_000, ldap: 50_000 },
  },
};

/** A row of the Map that has a variable and a column. */
export interface LintRow {
  /** From 0; people are told `index + 1`. */
  readonly index: number;
  readonly variable: string;
  readonly label: string;
  readonly storage: string;
  readonly elements: readonly unknown[];
}

/** One block as the checks see it. */
export class LintBlock {
  readonly driver: 'database' | 'ldap' | null;
  readonly words: BlockWords;
  readonly params: Content;
  readonly rows: readonly LintRow[];
  readonly keyColumn: string;
  readonly isWritable: boolean;

  constructor(
    readonly name: string,
    readonly kind: BackendKind,
    readonly given: Content,
    private readonly report: LintReport,
  ) {
    this.words = blockWords[kind];
    const module = given['Module'] ?? (kind === 'customer' ? 'Kernel::System::CustomerCompany::DB' : undefined);
    this.driver = driverOf(module);
    this.params = isContent(given['Params']) ? given['Params'] : {};
    this.rows = Array.isArray(given['Map']) ? given['Map'].flatMap(rowOf) : [];
    this.isWritable = this.driver === 'database' && !isOn(given['ReadOnly']);
    this.keyColumn = this.text(this.words.key) || (kind === 'customer-user' ? this.text('Key') : '');
  }

  /** `path` begins inside the block. */
  find(code: LintCode, path: ConfigurationPath, params: FindingParams = {}): void {
    this.report.add(code, [this.name, ...path], { block: this.name, ...params });
  }

  text(key: string): string {
    return textOf(this.given[key]);
  }

  rowFor(variable: string): LintRow | null {
    return this.rows.find((row) => row.variable === variable) ?? null;
  }

  /** Names of columns in a directory compare in any case, as attributes do. */
  rowStoring(column: string): LintRow | null {
    const fold = (name: string): string => (this.driver === 'ldap' ? name.toLowerCase() : name);
    return this.rows.find(({ storage }) => fold(storage) === fold(column)) ?? null;
  }
}

function rowOf(given: unknown, index: number): LintRow[] {
  if (!Array.isArray(given)) return [];
  const elements: readonly unknown[] = given;
  const [variable, label, storage] = elements.map(textOf);
  return variable && storage ? [{ index, variable, label: label ?? '', storage, elements }] : [];
}
