import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { HistoryEntry, RelationChange, undoMinutes, type HistoryQuery } from '../../contract/history.js';
import { findSubject } from '../platform/audit/subjects.js';
import type { Connection } from '../platform/persistence/database.js';
import { MAIN_CONNECTION } from '../platform/persistence/persistence.module.js';
import { portable } from '../platform/persistence/sql.js';

/** The number that a record keeps when its key changes. */
export type SubjectId = number | string;

interface Row {
  id: number | string;
  at: Date;
  actor_kind: string;
  actor_login: string;
  actor_name: string;
  action: string;
  changes: string;
  relations: string | null;
  change_id: string | null;
  correlation_id: string;
}

@Injectable()
export class HistoryRepository {
  constructor(@Inject(MAIN_CONNECTION) private readonly connection: Connection) {}

  /** By any spelling of the key; `null`: nothing was ever written of it. */
  subjectOf({ kind, key }: Pick<HistoryQuery, 'kind' | 'key'>): Promise<SubjectId | null> {
    return findSubject(this.connection, kind, key);
  }

  /** The newest first; those before the entry `before`, or from the newest. */
  async page(subject: SubjectId, limit: number, before: string | null): Promise<HistoryEntry[]> {
    const rows = await this.connection.query<Row>(
      portable(
        this.connection.engine,
        `SELECT id, at, actor_kind, actor_login, actor_name, action, changes, relations, change_id, correlation_id
           FROM clientele_audit
          WHERE subject_id = ? ${before === null ? '' : 'AND id < ?'} ORDER BY subject_id DESC, id DESC LIMIT ${limit}`,
      ),
      before === null ? [subject] : [subject, before],
    );
    return rows.map(toEntry);
  }
}

const StoredRelations = z.object({ changes: z.array(RelationChange), more: z.number().int() });

function toEntry(row: Row): HistoryEntry {
  const { changes: relations, more } = StoredRelations.parse(row.relations === null ? { changes: [], more: 0 } : JSON.parse(row.relations));
  const changes: unknown = JSON.parse(row.changes);
  return HistoryEntry.parse({
    id: String(row.id),
    at: row.at.toISOString(),
    actor: { kind: row.actor_kind, login: row.actor_login, name: row.actor_name },
    action: row.action,
    changes,
    relations,
    moreRelations: more,
    changeId: row.change_id,
    undoUntil: row.change_id === null ? null : new Date(row.at.getTime() + undoMinutes * 60_000).toISOString(),
    correlationId: row.correlation_id,
  });
}
