import { randomInt } from 'node:crypto';

/** A number from 0 up to, not including, `bound`; every one as likely. */
export type RandomNumber = (bound: number) => number;

/** Letters and digits without those that are mistaken for each other when read aloud or typed off a screen. */
const classes = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789'];
const characters = classes.join('');

export const generatedPasswordLength = 16;

/** About 92 bits. Drawn anew until every class is there, so that each password with all classes is equally likely. */
export function generatePassword(random: RandomNumber = randomInt): string {
  for (;;) {
    const password = Array.from({ length: generatedPasswordLength }, () => characters.charAt(random(characters.length)));
    if (classes.every((members) => password.some((character) => members.includes(character)))) return password.join('');
  }
}
