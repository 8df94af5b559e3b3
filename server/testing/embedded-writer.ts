import { openConnection } from '../src/platform/persistence/open-connection.js';
import { startEmbeddedPostgres } from '../src/platform/persistence/embedded-postgres.js';

/** Writes pairs of rows into the embedded database until it is killed, and says each number once it is committed. */
async function write(dataDirectory: string): Promise<void> {
  const { url } = await startEmbeddedPostgres({ dataDirectory, log: () => {} });
  const connection = await openConnection(url, { poolSize: 4 });
  await connection.query('CREATE TABLE IF NOT EXISTS one (n INT)');
  await connection.query('CREATE TABLE IF NOT EXISTS other (n INT)');
  let next = 0;
  const keepWriting = async (): Promise<never> => {
    for (;;) {
      const n = (next += 1);
      const transaction = await connection.begin();
      await transaction.database.query('INSERT INTO one VALUES ($1)', [n]);
      await transaction.database.query('INSERT INTO other VALUES ($1)', [n]);
      await transaction.commit();
      process.stdout.write(`${n}\n`);
    }
  };
  await Promise.all([keepWriting(), keepWriting(), keepWriting()]);
}

write(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
