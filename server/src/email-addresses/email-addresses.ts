import { Inject, Injectable } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '../configuration/index.js';
import { type EmailFault, emailFault, type EmailRules } from './check-email-address.js';
import { MailHosts } from './mail-hosts.js';

/** Mail addresses by the rules of this helpdesk's configuration. */
@Injectable()
export class EmailAddresses {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    private readonly mailHosts: MailHosts,
  ) {}

  /** Why the address would be refused, or `null`. */
  fault(typed: string): Promise<EmailFault | null> {
    return emailFault(typed, this.rules());
  }

  private rules(): EmailRules {
    const { settings } = this.configuration;
    return {
      isChecked: settings.CheckEmailAddresses,
      accepted: settings.CheckEmailValidAddress,
      refused: settings.CheckEmailInvalidAddress,
      mailHosts: settings.CheckMXRecord ? this.mailHosts : null,
    };
  }
}
