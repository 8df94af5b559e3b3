import type { FieldValue } from '../../../contract/field.js';
import type { Database } from '../../platform/persistence/database.js';
import { portable } from '../../platform/persistence/sql.js';
import { foldKey } from '../backend.js';

/** Keys of one statement at most. */
const keysAtOnce = 500;
/** A multiselect has a row for each of its values. */
const valuesPerRecord = 200;

interface ValueRow {
  readonly key: string;
  readonly field: number;
  readonly text: string | null;
  readonly whole: number | string | null;
  readonly moment: Date | null;
}

/** The helpdesk's values of dynamic fields: by an object's name (a login, a customer ID), each value a row. */
export class DynamicFieldValues {
  constructor(
    /** `CustomerUser` or `CustomerCompany`. */
    private readonly objectType: string,
    private readonly fieldIds: readonly number[],
  ) {}

  /** By folded key and field id. Several values of one field are joined by a comma. */
  async read(database: Database, keys: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, ReadonlyMap<number, string>>> {
    const found = new Map<string, Map<number, string>>();
    for (let start = 0; start < keys.length; start += keysAtOnce) {
      const some = keys.slice(start, start + keysAtOnce);
      for (const row of await this.select(database, some, signal)) {
        const values = found.get(foldKey(row.key)) ?? new Map<number, string>();
        const earlier = values.get(Number(row.field));
        values.set(Number(row.field), earlier === undefined ? textOf(row) : `${earlier}, ${textOf(row)}`);
        found.set(foldKey(row.key), values);
      }
    }
    return found;
  }

  /** Replaces the values of the named fields; an empty one is a field without rows. */
  async write(database: Database, key: string, values: ReadonlyMap<number, FieldValue>): Promise<void> {
    const object = await this.objectId(database, key);
    for (const [field, value] of values) {
      await execute(database, 'DELETE FROM dynamic_field_value WHERE object_id = ? AND field_id = ?', [object, field]);
      if (value === null || value === '') continue;
      const insert = 'INSERT INTO dynamic_field_value (field_id, object_id, value_text) VALUES (?, ?, ?)';
      await execute(database, insert, [field, object, String(value)]);
    }
  }

  /** The record has another key: its values go with it. */
  async respell(database: Database, from: string, to: string): Promise<void> {
    const statement = 'UPDATE dynamic_field_obj_id_name SET object_name = ? WHERE object_name = ? AND object_type = ?';
    await execute(database, statement, [to, from, this.objectType]);
  }

  private select(database: Database, keys: readonly string[], signal?: AbortSignal): Promise<ValueRow[]> {
    const statement = `
      SELECT o.object_name AS key_name, v.field_id AS field, v.value_text AS text, v.value_int AS whole, v.value_date AS moment
        FROM dynamic_field_obj_id_name o JOIN dynamic_field_value v ON v.object_id = o.object_id
       WHERE o.object_type = ? AND o.object_name IN (${marks(keys)}) AND v.field_id IN (${marks(this.fieldIds)})
       ORDER BY v.id LIMIT ${keys.length * valuesPerRecord}`;
    return database
      .query<Omit<ValueRow, 'key'> & { key_name: string }>(
        portable(database.engine, statement),
        [this.objectType, ...keys, ...this.fieldIds],
        signal,
      )
      .then((rows) => rows.map(({ key_name: key, ...row }) => ({ key, ...row })));
  }

  private async objectId(database: Database, key: string): Promise<number> {
    const known = await this.findObject(database, key);
    if (known !== null) return known;
    const insert = 'INSERT INTO dynamic_field_obj_id_name (object_name, object_type) VALUES (?, ?)';
    await execute(database, insert, [key, this.objectType]);
    const made = await this.findObject(database, key);
    if (made === null) throw new Error('the object of a dynamic field was not stored');
    return made;
  }

  private async findObject(database: Database, key: string): Promise<number | null> {
    const statement = 'SELECT object_id AS id FROM dynamic_field_obj_id_name WHERE object_name = ? AND object_type = ? LIMIT 1';
    const [row] = await database.query<{ id: number }>(portable(database.engine, statement), [key, this.objectType]);
    return row ? Number(row.id) : null;
  }
}

function textOf({ text, whole, moment }: ValueRow): string {
  if (text !== null) return text;
  return whole !== null ? String(whole) : (moment?.toISOString().slice(0, 19).replace('T', ' ') ?? '');
}

async function execute(database: Database, statement: string, values: readonly (string | number)[]): Promise<void> {
  await database.execute(portable(database.engine, statement), values);
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
