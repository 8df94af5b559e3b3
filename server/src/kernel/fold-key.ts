/** Logins and customer IDs compare without regard to case, on every engine, in Unicode NFC. Folding twice changes nothing. */
export function foldKey(key: string): string {
  return key.normalize('NFC').toLowerCase().normalize('NFC');
}
