import { Injectable } from '@nestjs/common';
import type { Issue } from '../../contract/problem.js';
import type { Validity } from '../../contract/validity.js';
import { type Backend, CustomerDirectory, type StoredRecord, validityOf } from '../backends/index.js';
import { EmailAddresses } from '../email-addresses/index.js';
import type { Deadline } from '../kernel/deadline.js';
import { DomainError } from '../kernel/errors.js';
import { passwordIssues } from '../passwords/index.js';
import { textOf } from '../records/record-fields.js';
import type { Values } from '../records/validate-fields.js';

/** What the helpdesk demands of a customer user beyond the form of the single fields. */
@Injectable()
export class CustomerUserRules {
  constructor(
    private readonly customers: CustomerDirectory,
    private readonly emailAddresses: EmailAddresses,
  ) {}

  /** Nobody belongs anywhere while there are no customers. Throws `customer.required`. */
  async requireAnyCustomer({ settings }: Backend, deadline: Deadline): Promise<void> {
    if (settings.customerSupport && !(await this.customers.hasAny(deadline))) throw new DomainError('customer.required');
  }

  /** Only who is valid needs a good address; what is stored already is not asked again while nobody becomes valid. */
  async emailIssues({ fields: { roles } }: Backend, values: Values, before: StoredRecord | null): Promise<Issue[]> {
    const validity = validityAfter(roles.validity, values, before);
    const isAsked = emailOf(roles.email, values) !== undefined || validity !== before?.validity;
    const email = emailOf(roles.email, values) ?? (before === null ? '' : textOf(before, roles.email));
    if (validity !== 'valid' || !isAsked || email === '') return [];
    const code = await this.emailAddresses.fault(email);
    return code === null ? [] : [{ path: 'email', code }];
  }

  /** The customer that is meant, in the spelling it is stored in; only asked for where customers are supported. */
  async customerOf({ settings, fields: { roles } }: Backend, values: Values, deadline: Deadline): Promise<{ values: Values; issues: Issue[] }> {
    const variable = roles.customerId;
    const typed = variable === null ? undefined : values[variable];
    if (!settings.customerSupport || variable === null || typed === undefined || typed === '') return { values, issues: [] };
    const found = await this.customers.find(String(typed), deadline);
    if (found === null) return { values, issues: [{ path: 'customerId', code: 'customer.unknown' }] };
    if (found.record.validity !== 'valid') return { values, issues: [{ path: 'customerId', code: 'customer.invalid' }] };
    return { values: { ...values, [variable]: found.record.key }, issues: [] };
  }

  passwordIssues(backend: Backend, password: string | undefined, login: string): Issue[] {
    if (password === undefined) return [];
    return keepsPasswords(backend) ? passwordIssues(password, login) : [{ path: 'password', code: 'unknown-field' }];
  }

}

export function keepsPasswords({ passwords, fields: { roles } }: Backend): boolean {
  return passwords !== null && roles.password !== null;
}

function emailOf(variable: string | null, values: Values): string | undefined {
  const email = variable === null ? undefined : values[variable];
  return email === undefined ? undefined : String(email ?? '');
}

function validityAfter(variable: string | null, values: Values, before: StoredRecord | null): Validity {
  const id = variable === null ? undefined : values[variable];
  return id === undefined ? (before?.validity ?? 'valid') : validityOf(id);
}
