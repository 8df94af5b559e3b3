/** Whether a column of a character set of MySQL can keep the text as it is. Of a set that is not known here the server decides. */
export function canHold(charset: string | null, text: string): boolean {
  switch (charset?.toLowerCase()) {
    case 'utf8':
    case 'utf8mb3':
    case 'ucs2':
      return !/[\u{10000}-\u{10FFFF}]/u.test(text);
    case 'latin1':
      return [...text].every((character) => character <= '\xFF' || windowsCharacters.includes(character));
    case 'ascii':
      return !/[^\0-\x7F]/.test(text);
    default:
      return true;
  }
}

/** What MySQL calls latin1 is Windows-1252, which has these in addition. */
const windowsCharacters = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
