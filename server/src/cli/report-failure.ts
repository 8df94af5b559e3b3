import { DomainError } from '../kernel/errors.js';
import { redactSecrets } from '../platform/logging/index.js';

/** Tells whoever started the process what is wrong: a plain list, no stack, no secret. */
export function reportFailure(error: unknown): void {
  process.stderr.write(`${explain(error)}\n`);
}

export function explain(error: unknown): string {
  if (!(error instanceof Error)) return redactSecrets(String(error));
  if (isAddressInUse(error)) return `Port ${String(Reflect.get(error, 'port'))} is in use by another program. Set PORT to another one.`;
  if (error instanceof DomainError) return redactSecrets(explainRefusal(error));
  return redactSecrets(error.message);
}

function explainRefusal({ code, message, issues }: DomainError): string {
  const places = issues.map(({ path, code: reason }) => `- ${path}: ${reason}`);
  return [message === code ? `Refused: ${code}` : message, ...places].join('\n');
}

function isAddressInUse(error: Error): boolean {
  return 'code' in error && error.code === 'EADDRINUSE';
}
