import { prepareDatabase } from '../src/platform/persistence/migrate.js';
import { openConnection } from '../src/platform/persistence/open-connection.js';

/** Makes the database of `DATABASE_URL` ready, unless it is killed over it. */
async function migrate(): Promise<void> {
  const connection = await openConnection(process.env.DATABASE_URL ?? '', { poolSize: 2 });
  process.stdout.write('connected\n');
  await prepareDatabase(connection);
  await connection.close();
}

migrate().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
