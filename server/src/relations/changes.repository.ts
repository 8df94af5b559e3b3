import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { undoMinutes } from '../../contract/history.js';
import type { Connection } from '../platform/persistence/database.js';
import { MAIN_CONNECTION } from '../platform/persistence/persistence.module.js';
import { portable } from '../platform/persistence/sql.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';
import { relationNames } from './relation.js';

const keys = z.array(z.string());
const Content = z.strictObject({
  anchor: z.strictObject({ side: z.enum(['owner', 'target']), key: z.string() }),
  slots: z.array(z.strictObject({ owner: z.string(), target: z.string(), context: z.string(), from: keys, to: keys })),
  /** Ends that were not known then: they need not be known when the change is taken back. */
  unknown: z.strictObject({ owner: keys, target: keys }),
});

/** What a save found and left. */
export type ChangeContent = z.infer<typeof Content>;
const Change = z.object({ relation: z.enum(relationNames), undoUntil: z.date(), content: Content });
export type Change = z.infer<typeof Change>;

/** A change that is long over is forgotten; until then whoever comes too late is told so. */
const keptMs = 24 * 60 * 60_000;
const forgottenAtOnce = 100;

@Injectable()
export class ChangesRepository {
  constructor(@Inject(MAIN_CONNECTION) private readonly connection: Connection) {}

  async find(id: string): Promise<Change | null> {
    if (!z.uuid().safeParse(id).success) return null;
    const [row] = await this.connection.query<{ relation: string; undo_until: Date; content: string }>(
      portable(this.connection.engine, 'SELECT relation, undo_until, content FROM clientele_change WHERE id = ?'),
      [id],
    );
    if (row === undefined) return null;
    const content: unknown = JSON.parse(row.content);
    return Change.parse({ relation: row.relation, undoUntil: row.undo_until, content });
  }

  /** Answers until when it can be taken back. */
  async add({ database, now }: Transaction, id: string, relation: string, content: ChangeContent): Promise<Date> {
    const undoUntil = new Date(now.getTime() + undoMinutes * 60_000);
    await database.execute(
      portable(database.engine, 'INSERT INTO clientele_change (id, at, undo_until, relation, content) VALUES (?, ?, ?, ?, ?)'),
      [id, now, undoUntil, relation, JSON.stringify(content)],
    );
    return undoUntil;
  }

  /** A few of the old ones, so that none of them is ever waited for. */
  async forgetOld(now: Date): Promise<void> {
    const select = `SELECT id FROM clientele_change WHERE undo_until < ? LIMIT ${forgottenAtOnce}`;
    const { engine } = this.connection;
    const old = await this.connection.query<{ id: string }>(portable(engine, select), [new Date(now.getTime() - keptMs)]);
    if (old.length === 0) return;
    const places = old.map(() => '?').join(', ');
    await this.connection.execute(portable(engine, `DELETE FROM clientele_change WHERE id IN (${places})`), old.map(({ id }) => id));
  }
}
