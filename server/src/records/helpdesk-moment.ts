/** A moment as the helpdesk's columns hold it: UTC, without a zone and without fractions. */
export function sqlMoment(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}
