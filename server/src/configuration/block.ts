import type { BackendKind } from '../../contract/backend.js';

/** One row of a Map, as the operator wrote it: ten elements for customer users, eight for customers. */
export interface MapRow {
  /** The operator's number of the row, from 1, for messages. */
  readonly row: number;
  readonly variable: string;
  readonly label: string;
  /** Column, directory attribute, or name of a dynamic field. */
  readonly storage: string;
  readonly shown: 0 | 1 | 2;
  readonly isRequired: boolean;
  readonly type: 'text' | 'integer' | 'dynamic-field';
  readonly link: { readonly template: string; readonly target: string; readonly cssClass: string } | null;
  readonly isReadOnly: boolean;
}

/**
 * One configuration block (`CustomerUser`, `CustomerUser3`, `CustomerCompany` …) in words of its own: both kinds have
 * the same properties, and what the operator left out has the helpdesk's value. `params` is the driver's to check.
 */
export interface BackendBlock {
  /** The name of the block. */
  readonly id: string;
  readonly kind: BackendKind;
  readonly title: string;
  /** The operator's `Module`; a driver answers to it. */
  readonly module: string;
  readonly params: Readonly<Record<string, unknown>>;

  /** Columns (or attributes), never variables. */
  readonly keyColumn: string;
  /** Only for customer users. */
  readonly customerIdColumn: string | null;
  /** `null`: every record is valid. */
  readonly validColumn: string | null;
  /** Of a directory: who matches it is valid, in the form of RFC 4515. `null`: everybody is. */
  readonly validFilter: string | null;
  /** `null` in these lists: not configured, the driver knows what then. */
  readonly listColumns: readonly string[] | null;
  readonly searchColumns: readonly string[] | null;
  readonly mailColumns: readonly string[] | null;
  readonly nameColumns: readonly string[] | null;
  readonly nameJoin: string;

  /** Put around every search word. */
  readonly searchPrefix: string;
  readonly searchSuffix: string;
  readonly listLimit: number;

  readonly uniqueEmail: boolean;
  /** Prefix of made logins; `null`: AutoLoginCreation is off. */
  readonly loginPrefix: string | null;
  readonly customerSupport: boolean;
  readonly excludePrimaryCustomerId: boolean;
  readonly isReadOnly: boolean;
  /** Seconds; 0: nothing is cached. */
  readonly cacheTtl: number;

  readonly map: readonly MapRow[];
  /** Choices by variable, in the operator's order. */
  readonly selections: Readonly<Record<string, readonly { readonly value: string; readonly label: string }[]>>;
}
