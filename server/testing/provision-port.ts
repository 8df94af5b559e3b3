import { freePort } from '../src/platform/persistence/embedded-postgres-port.js';

/** Another process may take a free port between the moment it is found and the moment it is used: three tries. */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}
