import { Injectable } from '@nestjs/common';
import type { HistoryPage, HistoryQuery } from '../../contract/history.js';
import { readCursor, writeCursor } from './history-cursor.js';
import { HistoryRepository } from './history.repository.js';

@Injectable()
export class HistoryService {
  constructor(private readonly history: HistoryRepository) {}

  /** What was done to one record, under all the keys it has had, the newest first. */
  async page(query: HistoryQuery): Promise<HistoryPage> {
    const subject = await this.history.subjectOf(query);
    if (subject === null) return { items: [], nextCursor: null };
    const before = query.cursor === undefined ? null : readCursor(query.cursor, subject);
    const found = await this.history.page(subject, query.limit + 1, before);
    const items = found.slice(0, query.limit);
    const last = items.at(-1);
    return { items, nextCursor: last !== undefined && found.length > items.length ? writeCursor(subject, last.id) : null };
  }
}
