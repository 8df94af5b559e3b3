/** What requests need besides the database. Modules say how it is; with some of it gone they are served in part. */
export class Readiness {
  private readonly signs: (() => boolean)[] = [];

  /** `isWell` is asked with every request for the state, so it asks nobody else. */
  watch(isWell: () => boolean): void {
    this.signs.push(isWell);
  }

  get isDegraded(): boolean {
    return this.signs.some((isWell) => !isWell());
  }
}
