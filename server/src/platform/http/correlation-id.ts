import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export const correlationIdHeader = 'x-correlation-id';

/** The sender's id when it is a plain short word, so that it can be written to a log as it is; else one of our own. */
export function correlationIdOf(headers: IncomingHttpHeaders): string {
  const given = headers[correlationIdHeader];
  return typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
}
