/** What a key press means. Keys alone are dead while one types, and everywhere once they are switched off. */
export type Shortcut =
  | 'search'
  | 'new'
  | 'next-row'
  | 'previous-row'
  | 'save'
  | 'help'
  | 'go-customer-users'
  | 'go-customers'
  | 'go-groups'
  | 'go-services'
  | 'go-backends';

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** The press landed in a field, a list box or a dialog: its keys are its own. */
  readonly isTyping: boolean;
}

export interface KeySituation {
  readonly singleKeys: boolean;
  /** `g` was pressed just before. */
  readonly isGoing: boolean;
}

const singleKeys: Readonly<Record<string, Shortcut>> = {
  '/': 'search',
  n: 'new',
  j: 'next-row',
  k: 'previous-row',
  '?': 'help',
};
const afterGo: Readonly<Record<string, Shortcut>> = {
  u: 'go-customer-users',
  c: 'go-customers',
  g: 'go-groups',
  s: 'go-services',
  b: 'go-backends',
};

export function shortcutOf(press: KeyPress, { singleKeys: areOn, isGoing }: KeySituation): Shortcut | 'go' | null {
  if ((press.ctrlKey || press.metaKey) && !press.altKey) return press.key.toLowerCase() === 's' ? 'save' : null;
  if (press.altKey || press.isTyping || !areOn) return null;
  if (isGoing) return afterGo[press.key] ?? null;
  return press.key === 'g' ? 'go' : (singleKeys[press.key] ?? null);
}
