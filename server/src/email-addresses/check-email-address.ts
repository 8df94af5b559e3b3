import { bareAddress, mailDomain } from './address-syntax.js';
import type { MailHosts } from './mail-hosts.js';

export interface EmailRules {
  /** CheckEmailAddresses. */
  readonly isChecked: boolean;
  /** CheckEmailValidAddress: taken as it is. */
  readonly accepted: RegExp | null;
  /** CheckEmailInvalidAddress: refused whatever its shape. */
  readonly refused: RegExp | null;
  /** CheckMXRecord; `null`: off. */
  readonly mailHosts: MailHosts | null;
}

export type EmailFault = 'email.syntax' | 'email.dns' | 'email.mx' | 'email.configuration';

/** Nothing longer is shown to the operator's own patterns, whose running time nobody knows. */
const longestTyped = 1_000;

/** Why the helpdesk would refuse the address, or `null`; the checks in its order (CheckItem, CheckEmail). */
export async function emailFault(typed: string, rules: EmailRules): Promise<EmailFault | null> {
  if (!rules.isChecked) return null;
  if (typed.length > longestTyped) return 'email.syntax';
  if (rules.accepted?.test(typed) === true) return null;

  const address = bareAddress(typed);
  if (address === null) return 'email.syntax';

  const host = rules.mailHosts === null ? 'found' : await rules.mailHosts.look(mailDomain(address));
  if (host === 'unknown') return 'email.dns';
  if (host === 'none') return 'email.mx';

  return rules.refused?.test(address) === true ? 'email.configuration' : null;
}
