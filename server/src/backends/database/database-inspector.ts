import type { Deadline } from '../../kernel/deadline.js';
import type { Connection } from '../../platform/persistence/database.js';
import { openConnection } from '../../platform/persistence/open-connection.js';
import { inspectedRows, type InspectedRow, type Inspector, type RunStep } from '../backend-driver.js';
import { StoreFailure } from '../store-failure.js';
import { failureOf } from './database-failure.js';
import { compile, sql, trusted } from './sql.js';
import { rawValuesOf, recordOf, selectionOf, type SelectedRow } from './stored-row.js';
import type { OpenTable } from './table-source.js';

interface Parts {
  /** `null`: the main database, which is there and signed in at already. */
  readonly url: string | null;
  readonly main: Connection;
  readonly fit: (connection: Connection) => Promise<OpenTable>;
  readonly owner: { readonly backendId: string; readonly secretKey: string };
}

/** A server asks for the account while one connects: only a refusal of it tells the two apart. */
type Reached = { readonly connection: Connection } | { readonly refusal: StoreFailure };

/** Looks into a table; a database of its own is reached by a connection that is closed behind it. */
export class DatabaseInspector implements Inspector {
  /** The drivers do not tell. */
  readonly certificateEndsAt = null;

  constructor(private readonly parts: Parts) {}

  async inspect(run: RunStep, deadline: Deadline): Promise<readonly InspectedRow[]> {
    const { url, main } = this.parts;
    if (url === null) {
      await run('connect', () => failing(main.query('SELECT 1 AS one', [], deadline.signal)));
      return this.read(main, run, deadline);
    }
    const opening = reach(url);
    try {
      const reached = await run('connect', () => opening);
      const connection = await run('bind', async () => connectionOf(reached));
      return await this.read(connection, run, deadline);
    } finally {
      // Also one that came too late.
      void opening.then(closed, () => {});
    }
  }

  private async read(connection: Connection, run: RunStep, deadline: Deadline): Promise<readonly InspectedRow[]> {
    const { table, rows } = await run('search', () => failing(this.select(connection, deadline)));
    return run('map', async () => rows.map((row) => this.mapped(row, table)));
  }

  /** In no order: a table of millions is not put in one for a look at it. */
  private async select(connection: Connection, { signal }: Deadline): Promise<{ table: OpenTable; rows: readonly SelectedRow[] }> {
    const table = await this.parts.fit(connection);
    const { plan, dialect } = table;
    const { text, values } = compile(sql`SELECT ${selectionOf(plan, dialect)} FROM ${plan.table.id} LIMIT ${trusted(String(inspectedRows))}`, dialect.engine);
    return { table, rows: await connection.query<SelectedRow>(text, values, signal) };
  }

  private mapped(row: SelectedRow, { plan }: OpenTable): InspectedRow {
    const raw = rawValuesOf(row, plan);
    const { values } = recordOf(row, plan, this.parts.owner);
    const unreadable = Object.entries(raw).filter(([, texts]) => texts.some((text) => text.includes('\uFFFD'))).map(([name]) => name);
    return { raw, values, unreadable };
  }
}

async function reach(url: string): Promise<Reached> {
  try {
    return { connection: await openConnection(url, { poolSize: 1 }) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure instanceof StoreFailure && failure.kind === 'refused-account') return { refusal: failure };
    throw failure;
  }
}

function connectionOf(reached: Reached): Connection {
  if ('refusal' in reached) throw reached.refusal;
  return reached.connection;
}

async function closed(reached: Reached): Promise<void> {
  if ('connection' in reached) await reached.connection.close();
}

async function failing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw failureOf(error);
  }
}
