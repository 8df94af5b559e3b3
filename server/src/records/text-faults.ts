/** A reason of the API's issues, and what a sentence about it needs. */
export interface Fault {
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** More marks on one letter than any script writes; a "Zalgo" text has dozens. */
const mostMarks = 8;
const tooManyMarks = new RegExp(`\\p{M}{${mostMarks + 1},}`, 'u');

/** Scripts whose letters look like those of another one of them: two of these in one login can pass for one of them. */
const lookAlikeScripts = ['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Cherokee', 'Coptic'].map(
  (script) => new RegExp(`\\p{Script=${script}}`, 'u'),
);

/** Control characters, half characters, piles of marks: nothing of it can be meant, on any line of text. */
export function lineFault(text: string): Fault | null {
  if (/[\p{Cc}\p{Cs}]/u.test(text)) return { code: 'characters' };
  return tooManyMarks.test(text) ? { code: 'combining-marks', params: { max: mostMarks } } : null;
}

/** The same, with line breaks and tabs allowed. */
export function paragraphFault(text: string): Fault | null {
  return lineFault(text.replace(/[\t\n\r]/g, ' '));
}

/** Invisible characters and those that turn the direction of reading make one address look like another. */
export function addressFault(text: string): Fault | null {
  return /\p{Cf}/u.test(text) ? { code: 'characters' } : lineFault(text);
}

/** Also not what passes for plain letters (fullwidth, superscript), nor what a URL takes for a step in its path. */
export function keyFault(text: string): Fault | null {
  const isPlain = [...text].every((character) => !isCompatibilityForm(character));
  return isPlain && text !== '.' && text !== '..' ? addressFault(text) : { code: 'characters' };
}

/**
 * A Cyrillic letter in a Latin login is what an impostor would choose. `<DEFAULT>` stands in the helpdesk's tables for
 * everybody without own services.
 */
export function loginFault(text: string): Fault | null {
  if (text.trim().toLowerCase() === '<default>') return { code: 'taken' };
  const scripts = lookAlikeScripts.filter((script) => script.test(text));
  return scripts.length > 1 ? { code: 'login.mixed-script' } : keyFault(text);
}

function isCompatibilityForm(character: string): boolean {
  const plain = character.normalize('NFKC');
  return plain !== character.normalize('NFC') && /[\x20-\x7e]/.test(plain);
}
