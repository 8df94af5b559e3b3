import 'reflect-metadata';
import { createApp } from '../src/app.factory.js';
import type { Actor } from '../src/kernel/actor.js';
import { readEnvironment } from '../src/platform/config/environment.js';
import { CustomersService } from '../src/customers/index.js';
import { RenamesService } from '../src/renames/index.js';

const actor: Actor = { kind: 'system', id: 'renamer', login: 'renamer', name: 'Renamer', hostUserId: 1, correlationId: 'killed-renamer' };

/** Renames one customer, where it is told to, and does whatever jobs there are until it is killed. */
async function work(from: string | undefined, to: string | undefined): Promise<void> {
  const app = await createApp(readEnvironment(process.env), { clientDirectory: null });
  if (from !== undefined && to !== undefined) {
    const { version } = await app.get(CustomersService).get(from, {});
    await app.get(RenamesService).renameCustomer(actor, from, version, { customerId: to, moveTickets: true });
  }
}

work(process.argv[2], process.argv[3]).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
