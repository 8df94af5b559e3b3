export type SearchFault =
  | 'word-missing'
  | 'operator-missing'
  | 'parenthesis-not-closed'
  | 'parenthesis-not-opened'
  | 'backslash-at-end'
  | 'text-too-long'
  | 'too-many-words'
  | 'nested-too-deep';

/** What in a search text is not understood, and where: `position` counts from 0, in the text as it was typed. */
export class SearchSyntaxError extends Error {
  constructor(
    readonly code: SearchFault,
    readonly position: number,
  ) {
    super(`${code} at ${position}`);
    this.name = new.target.name;
  }
}
