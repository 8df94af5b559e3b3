export const shortestPassword = 10;
export const passwordStrengths = ['too-short', 'weak', 'fair', 'good'] as const;
export type PasswordStrength = (typeof passwordStrengths)[number];

/**
 * A hint, never a rule: what counts is length and variety, not which kinds of characters are in it (NIST SP 800-63B
 * §3.1.1.2 advises against rules of composition). Repeated and counting-up characters and the own login add nothing.
 */
export function passwordStrength(password: string, login: string): PasswordStrength {
  if ([...password].length < shortestPassword) return 'too-short';
  const weight = weightOf(withoutLogin(password.toLowerCase(), login.toLowerCase()));
  if (weight < 8) return 'weak';
  return weight < 14 ? 'fair' : 'good';
}

function withoutLogin(password: string, login: string): string {
  return login.length < 3 ? password : password.replaceAll(login, '');
}

function weightOf(text: string): number {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  const fresh = points.filter((point, index) => {
    const step = point - (points[index - 1] ?? -2);
    return step !== 0 && step !== 1 && step !== -1;
  });
  return Math.min(fresh.length, 2 * new Set(points).size);
}
