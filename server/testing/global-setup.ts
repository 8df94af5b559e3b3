import './resolve-typescript.cjs';
import { startTestServers } from './provision-servers.js';

/** Runs once before the suites that need databases; the workers find the servers through the environment. */
export default async function setUp(): Promise<void> {
  process.env.CLIENTELE_TEST_SERVERS ??= JSON.stringify(await startTestServers());
}
