import type { Actor } from '../../kernel/actor.js';
import type { Connection, OpenTransaction } from '../../platform/persistence/database.js';
import type { Transaction } from '../../platform/persistence/unit-of-work.js';

export const anActor: Actor = {
  kind: 'agent', id: 'agent-7', login: 'root@localhost', name: 'Admin', hostUserId: 7, correlationId: 'test',
};
export const aMoment = new Date('2026-11-21T10:20:30.000Z');

/** Real transactions without the rows that the unit of work adds: committed together, rolled back when the work throws. */
export async function inTransaction<T>(main: Connection, work: (transaction: Transaction) => Promise<T>, now = aMoment): Promise<T> {
  const mine = await main.begin();
  const foreign = new Map<Connection, OpenTransaction>();
  const tasks: (() => Promise<void>)[] = [];
  const transaction: Transaction = {
    database: mine.database,
    on: async (connection) => {
      if (connection === main) return mine.database;
      const opened = foreign.get(connection) ?? (await connection.begin());
      foreign.set(connection, opened);
      return opened.database;
    },
    actor: anActor,
    now,
    audit: () => {},
    publish: () => {},
    lock: async () => {},
    afterEnd: (task) => void tasks.push(task),
  };
  try {
    const result = await work(transaction);
    for (const opened of [...foreign.values(), mine]) await opened.commit();
    return result;
  } catch (error) {
    for (const opened of [...foreign.values(), mine]) await opened.rollback();
    throw error;
  } finally {
    for (const task of tasks) await task();
  }
}
