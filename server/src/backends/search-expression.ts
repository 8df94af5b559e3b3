/** A search text, read once. Words carry their wildcards as they were typed; prefix and suffix are the backend's. */
export type SearchExpression =
  | { readonly kind: 'and'; readonly parts: readonly SearchExpression[] }
  | { readonly kind: 'or'; readonly parts: readonly SearchExpression[] }
  | { readonly kind: 'not'; readonly part: SearchExpression }
  | { readonly kind: 'word'; readonly pattern: readonly WordPart[] };

/** Literal text, or `*`: any text, also none. */
export type WordPart = { readonly text: string } | 'any';
