import { Inject, Injectable } from '@nestjs/common';
import type { NamingTable } from '../../contract/job.js';
import { type Backend, CustomerUserDirectory, foldKey, type MemberMove, type Writer } from '../backends/index.js';
import { type Deadline, withDeadline } from '../kernel/deadline.js';
import { BackendUnavailable } from '../kernel/errors.js';
import type { Connection } from '../platform/persistence/database.js';
import type { DatabaseReport } from '../platform/persistence/migrate.js';
import { DATABASE_REPORT, MAIN_CONNECTION } from '../platform/persistence/tokens.js';
import type { Transaction } from '../platform/persistence/unit-of-work.js';
import { type KeyReference, keyReferences } from '../records/key-references.js';
import { KeyReferencesRepository } from '../records/key-references.repository.js';
import { TicketCustomersRepository, type TicketMove } from '../records/ticket-customers.repository.js';
import type { MovedRows, Rename, RenamePlace } from './rename-place.js';

/** More people than this are not counted to the end. */
const countedMembers = 10_000_000;
const listVariable = 'UserCustomerIDs';

/** Where a key stands, table by table and backend by backend. */
@Injectable()
export class RenamePlaces {
  constructor(
    private readonly references: KeyReferencesRepository,
    private readonly tickets: TicketCustomersRepository,
    private readonly people: CustomerUserDirectory,
    @Inject(MAIN_CONNECTION) private readonly main: Connection,
    @Inject(DATABASE_REPORT) private readonly report: DatabaseReport,
  ) {}

  /** Small tables, which move with the record itself. */
  small({ kind, ...move }: Rename): RenamePlace[] {
    return this.referencesOf(kind).filter(isSmall).map((reference) => this.referencePlace(reference, move));
  }

  /** Everything that can be large, in the order in which it moves: relations, people, tickets. */
  large(rename: Rename): RenamePlace[] {
    const { kind, moveTickets, ...move } = rename;
    return [
      ...this.referencesOf(kind).filter((reference) => !isSmall(reference)).map((reference) => this.referencePlace(reference, move)),
      ...(kind === 'customer' ? this.people.backends.flatMap((backend) => this.memberPlaces(backend, move)) : []),
      ...(moveTickets ? [this.ticketPlace({ kind: kind === 'customer' ? 'customer' : 'login', move })] : []),
    ];
  }

  /** What names the old key and stays as it is, or names the new one already, each with its reason. */
  async left(rename: Rename, deadline: Deadline): Promise<NamingTable[]> {
    const [there, tickets, members] = await Promise.all([this.alreadyThere(rename), this.unmovedTickets(rename), this.unmovedMembers(rename, deadline)]);
    return [...there, ...tickets, ...members].filter(({ rows, reason }) => rows > 0 || reason === 'unreachable');
  }

  /** The columns of the tables that have the key in them. */
  widthOf({ table, column }: Pick<KeyReference, 'table' | 'column'>): number | null {
    return this.report.facts.tables.get(table)?.columns.get(column)?.length ?? null;
  }

  private referencesOf(kind: Rename['kind']): KeyReference[] {
    return keyReferences.filter((reference) => reference.kind === kind);
  }

  private referencePlace(reference: KeyReference, move: { from: string; to: string }): RenamePlace {
    const column = this.widthOf(reference);
    const width = column === null ? null : column - reference.prefix.length;
    const isTooNarrow = width !== null && [...move.to].length > width;
    return {
      table: reference.table,
      width,
      count: () => this.references.count(this.main, reference, move.from),
      move: async (transaction, _, limit) => {
        // an engine may refuse the value even where there is no row to put it into
        if (isTooNarrow && (await this.references.count(transaction.database, reference, move.from)) === 0) return nothingMoved;
        const changed = await this.references.move(transaction, reference, move, limit);
        return { changed, refused: [], position: changed < limit ? null : '' };
      },
    };
  }

  private ticketPlace(move: TicketMove): RenamePlace {
    return {
      table: 'ticket',
      width: this.widthOf({ table: 'ticket', column: move.kind === 'login' ? 'customer_user_id' : 'customer_id' }),
      count: () => this.tickets.count(this.main, move),
      move: async (transaction, _, limit) => {
        const changed = await this.tickets.move(transaction, move, limit);
        return { changed, refused: [], position: changed < limit ? null : '' };
      },
    };
  }

  /** Each person's own history tells of it. */
  private memberPlaces(backend: Backend, { from, to }: { from: string; to: string }): RenamePlace[] {
    const { writer, fields } = backend;
    if (writer === null) return [];
    const variable = fields.roles.customerId ?? '';
    const own: RenamePlace = {
      table: backend.id,
      width: fields.rows.find((row) => row.variable === variable)?.maxLength ?? null,
      count: (deadline) => countOwn(backend, from, deadline),
      move: async (transaction, position, limit) => {
        const moved = await moveMembers(writer, transaction, { move: { from, to, through: 'own' }, position, limit });
        for (const key of moved.keys) {
          transaction.audit({ subject: { kind: 'customer-user', key }, action: 'changed', changes: [{ variable, from, to, secret: false }] });
        }
        return moved;
      },
    };
    if (!listsCustomers(backend)) return [own];
    const listed: RenamePlace = {
      table: `${backend.id}.${listVariable}`,
      width: null,
      count: (deadline) => asking(backend, deadline, writer.countListed(from, deadline)),
      move: (transaction, position, limit) => moveMembers(writer, transaction, { move: { from, to, through: 'listed' }, position, limit }),
    };
    return [own, listed];
  }

  private async alreadyThere({ kind, from, to }: Rename): Promise<NamingTable[]> {
    if (foldKey(from) === foldKey(to)) return [];
    return Promise.all(
      this.referencesOf(kind).map(async (reference) => ({
        table: reference.table,
        rows: await this.references.count(this.main, reference, to),
        isMoved: false,
        reason: reference.sameBy === null ? 'replaced' : 'already-there',
      })),
    );
  }

  private async unmovedTickets({ kind, moveTickets, ...move }: Rename): Promise<NamingTable[]> {
    if (moveTickets) return [];
    const rows = await this.tickets.count(this.main, { kind: kind === 'customer' ? 'customer' : 'login', move });
    return [{ table: 'ticket', rows, isMoved: false, reason: 'not-asked' }];
  }

  /** People of backends that are not ours to write. */
  private async unmovedMembers({ kind, from }: Rename, deadline: Deadline): Promise<NamingTable[]> {
    if (kind !== 'customer') return [];
    return Promise.all(
      this.people.backends.filter(({ writer }) => writer === null).map(async (backend) => {
        try {
          return { table: backend.id, rows: await countOwn(backend, from, deadline), isMoved: false, reason: 'read-only' };
        } catch {
          return { table: backend.id, rows: 0, isMoved: false, reason: 'unreachable' };
        }
      }),
    );
  }
}

const nothingMoved: MovedRows = { changed: 0, refused: [], position: null };

/** A customer may have as many relations to people as people. */
function isSmall({ kind, table }: KeyReference): boolean {
  return kind === 'customer-user' || table !== 'customer_user_customer';
}

function listsCustomers({ fields }: Backend): boolean {
  return fields.rows.some(({ variable, type }) => variable === listVariable && type === 'text');
}

async function moveMembers(
  writer: Writer,
  transaction: Transaction,
  { move, position, limit }: { move: MemberMove; position: string | null; limit: number },
): Promise<MovedRows & { keys: readonly string[] }> {
  const { keys, refused, position: next } = await writer.moveMembers(transaction, move, position, limit);
  return { keys, changed: keys.length, refused: refused.map((key) => ({ key, state: 'failed', code: 'too-long' })), position: next };
}

/** A directory that cannot count is searched for as many as a page holds. */
function countOwn(backend: Backend, customerId: string, deadline: Deadline): Promise<number> {
  const query = { text: null, customerId, email: null, validity: 'all' } as const;
  const counting = backend.traits.isCountable
    ? backend.count(query, countedMembers, deadline)
    : backend.search(query, null, backend.traits.listLimit, deadline).then(({ records }) => records.length);
  return asking(backend, deadline, counting);
}

function asking<T>(backend: Backend, deadline: Deadline, answer: Promise<T>): Promise<T> {
  return withDeadline(deadline, answer, () => new BackendUnavailable(backend.id, new Error('no answer in time')));
}
