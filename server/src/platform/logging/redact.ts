/** What must not be read in a log, however it got into a text. */
const secrets: readonly [RegExp, string][] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1***@'],
  [/\b(bearer\s+)[\w.~+/=-]+/gi, '$1***'],
  [/\bclt_[\w-]+/g, 'clt_***'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '***'],
  [/\$(?:2[abxy]|[156])\$[\w./$]+|\b(?:scrypt|SHA-512|BCRYPT:\d+)[$:][\w+/=:$.]+/g, '***'],
  [/((?:password|passwd|pwd|secret|token|link)["']?\s*[=:]\s*["']?)[^\s"',;&]+/gi, '$1***'],
];

export function redactSecrets(text: string): string {
  return secrets.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);
}
