import { BackendRegistry, drivers } from '../backends/index.js';
import { loadConfiguration } from '../configuration/index.js';
import { systemClock } from '../kernel/clock.js';
import { readSecretKey } from '../platform/config/environment-secret-key.js';
import type { Environment } from '../platform/config/environment.js';
import { withDatabase } from './database.js';
import { tableOf } from './output.js';

/** Opens every backend as a start would; throws the same list of faults. */
export async function checkConfiguration(environment: Environment): Promise<string> {
  const configuration = await loadConfiguration(environment.configurationFile);
  return withDatabase(environment, async (mainConnection) => {
    const context = { mainConnection, clock: systemClock, secretKey: readSecretKey(environment) };
    const registry = await BackendRegistry.open(configuration, drivers, context);
    try {
      const backends = [...registry.ofKind('customer-user'), ...registry.ofKind('customer')];
      const rows = backends.map(({ id, kind, title }) => [id, kind, title]);
      const warnings = [...configuration.warnings, ...registry.warnings].map((warning) => `Warning: ${warning}`);
      return [tableOf(['BLOCK', 'KIND', 'TITLE'], rows), ...warnings, 'The configuration is right.'].join('\n');
    } finally {
      await registry.close();
    }
  });
}
