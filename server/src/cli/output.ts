/** Rows under a heading, in columns as wide as their widest cell. */
export function tableOf(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function dayOf(moment: Date | null): string {
  return moment === null ? '-' : moment.toISOString().slice(0, 16).replace('T', ' ');
}
