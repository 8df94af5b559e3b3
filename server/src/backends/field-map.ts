/** One row of a backend's Map: see the ten elements in docs/configuration.md (eight for customers). */
export interface FieldMapRow {
  /** The operator's number of the row, from 1, for messages. */
  readonly row: number;
  readonly variable: string;
  readonly label: string;
  /** Column or directory attribute. */
  readonly storage: string;
  readonly shown: 0 | 1 | 2;
  readonly isRequired: boolean;
  readonly type: 'text' | 'integer' | 'dynamic-field';
  readonly link: { readonly template: string; readonly target: string; readonly cssClass: string } | null;
  readonly isReadOnly: boolean;
  readonly maxLength: number | null;
  readonly isNullable: boolean;
  readonly options: readonly { value: string; label: string }[] | null;
  readonly isSearchable: boolean;
}

/** First-class properties of a record and the variables that hold them. */
export interface FieldRoles {
  readonly key: string;
  readonly email: string | null;
  readonly customerId: string | null;
  readonly name: string | null;
  readonly password: string | null;
  readonly validity: string | null;
}

export interface FieldMap {
  readonly rows: readonly FieldMapRow[];
  readonly roles: FieldRoles;
}
