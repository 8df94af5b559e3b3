const alphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** bcrypt's own base64: another alphabet, no padding. 16 octets of salt become 22 characters. */
export function encodeBcryptBase64(octets: Buffer): string {
  let encoded = '';
  for (let index = 0; index < octets.length; index += 3) {
    const group = octets.subarray(index, index + 3);
    const number = ((group[0] ?? 0) << 16) | ((group[1] ?? 0) << 8) | (group[2] ?? 0);
    for (let place = 0; place <= group.length; place++) encoded += alphabet.charAt((number >> (18 - 6 * place)) & 63);
  }
  return encoded;
}
