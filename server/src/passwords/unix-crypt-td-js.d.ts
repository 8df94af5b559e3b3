/** The DES-based crypt(3): up to 8 octets of the password and a salt of two characters. */
declare module 'unix-crypt-td-js' {
  export default function unixCrypt(password: readonly number[], salt: string): string;
}
