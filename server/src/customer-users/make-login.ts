import { randomInt } from 'node:crypto';
import type { RandomNumber } from '../passwords/index.js';

/** The helpdesk draws from 0 to 98; where many are made within a minute, that is soon used up. */
const usualBound = 99;
const widerBound = 1_000_000;
const usualAttempts = 10;
export const mostAttempts = 30;

/** AutoLoginCreation: `<prefix>-YYYYMMDDHHMM<number>`, in UTC. From the tenth collision on from many more numbers. */
export function makeLogin(prefix: string, now: Date, attempt: number, random: RandomNumber = randomInt): string {
  const minute = now.toISOString().slice(0, 16).replace(/\D/g, '');
  return `${prefix}-${minute}${random(attempt < usualAttempts ? usualBound : widerBound)}`;
}
