import { TextDecoder } from 'node:util';

/** How a directory writes texts as bytes. */
export interface LdapCharset {
  readonly isUtf8: boolean;
  /** `null`: the bytes are no text in this character set. Nothing is ever replaced. */
  decode(bytes: Buffer): string | null;
  /** `null`: the text has a character that the set has not. */
  encode(text: string): Buffer | null;
}

/** By its name, of UTF-8 or of one byte per character; `null`: not known here. */
export function ldapCharset(name: string): LdapCharset | null {
  const decoder = decoderOf(name);
  if (decoder === null) return null;
  return decoder.encoding === 'utf-8' ? utf8(decoder) : singleByte(decoder);
}

function utf8(decoder: TextDecoder): LdapCharset {
  return { isUtf8: true, decode: (bytes) => decoded(decoder, bytes), encode: (text) => Buffer.from(text, 'utf8') };
}

/** Node encodes UTF-8 only, so the table is read backwards from what each byte means. */
function singleByte(decoder: TextDecoder): LdapCharset | null {
  const bytes = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    const character = decoded(decoder, Buffer.of(byte));
    if (character !== null) bytes.set(character, byte);
  }
  if (bytes.size < 200) return null;
  return {
    isUtf8: false,
    decode: (value) => decoded(decoder, value),
    encode: (text) => {
      const codes = [...text.normalize('NFC')].map((character) => bytes.get(character));
      const known = codes.filter((code) => code !== undefined);
      return known.length === codes.length ? Buffer.from(known) : null;
    },
  };
}

function decoderOf(name: string): TextDecoder | null {
  try {
    return new TextDecoder(name, { fatal: true, ignoreBOM: true });
  } catch {
    return null;
  }
}

function decoded(decoder: TextDecoder, bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
