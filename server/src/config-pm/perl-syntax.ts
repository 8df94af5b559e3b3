import type { ArithmeticOperator } from './perl-numbers.js';
import type { TextPart, UnreadCode } from './perl-token.js';
import type { Span } from './source-text.js';

/** A piece of the file that is not known without running it; `text` is an excerpt that holds no quoted text. */
export interface Unread extends Span {
  readonly kind: 'unread';
  readonly code: UnreadCode;
  readonly text: string;
}

/** An expression of the subset. Chains are flat, so that only brackets make it deep. */
export type Expression =
  | Unread
  | (Span &
      (
        | { readonly kind: 'constant'; readonly value: string | number | null }
        | { readonly kind: 'text'; readonly parts: readonly TextPart[]; readonly text: string }
        | { readonly kind: 'list'; readonly items: readonly Item[] }
        | { readonly kind: 'array'; readonly items: readonly Item[] }
        | { readonly kind: 'hash'; readonly items: readonly Item[] }
        | Variable
        | { readonly kind: 'element'; readonly of: Expression; readonly steps: readonly Step[]; readonly text: string }
        | { readonly kind: 'spread'; readonly of: Expression }
        | { readonly kind: 'reference'; readonly to: Expression }
        | { readonly kind: 'chain'; readonly first: Expression; readonly links: readonly Link[]; readonly text: string }
      ));

/** `name` with its sigil: `$Self`, `@List`, `%Block`. */
export interface Variable {
  readonly kind: 'variable';
  readonly name: string;
}

export interface Step {
  readonly by: 'key' | 'index';
  readonly key: Expression;
}

export interface Link {
  readonly operator: ArithmeticOperator | '.' | 'x';
  readonly right: Expression;
}

export interface Item {
  readonly expression: Expression;
  /** Followed by a fat comma: certainly one key. */
  readonly isKey: boolean;
}

export const assignmentOperators = ['=', '.=', '||=', '//='] as const;
export type AssignmentOperator = (typeof assignmentOperators)[number];

export type Statement =
  | Unread
  | (Span & { readonly text: string } & (
        | { readonly kind: 'assign'; readonly target: Expression; readonly operator: AssignmentOperator; readonly value: Expression }
        /** `parameters`: what the helpdesk passes in, as in `my $Self = shift`. */
        | { readonly kind: 'declare'; readonly names: readonly string[]; readonly value: Expression | 'parameters' | null }
        | { readonly kind: 'push'; readonly target: Expression; readonly at: 'start' | 'end'; readonly items: readonly Item[] }
        | { readonly kind: 'delete'; readonly target: Expression }
        | { readonly kind: 'block'; readonly body: readonly Statement[] }
        /** Runs only sometimes, or more than once: nothing in it is applied. */
        | { readonly kind: 'sometimes'; readonly code: UnreadCode; readonly body: readonly Statement[] }
        | { readonly kind: 'return' }
        | { readonly kind: 'load'; readonly body: readonly Statement[] }
      ));
