import './resolve-typescript.cjs';
import { stopTestServers } from './provision-servers.js';

export default async function tearDown(): Promise<void> {
  await stopTestServers();
}
