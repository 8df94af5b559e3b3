import { Inject, Injectable } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '../configuration/index.js';
import { generatePassword } from './generate-password.js';
import { hashPassword } from './password-hash.js';

/** A password on its way to be stored. `generated` is told once, to the agent who asked for it. */
export interface NewPassword {
  readonly hash: string;
  readonly generated: string | null;
}

@Injectable()
export class Passwords {
  constructor(@Inject(CONFIGURATION) private readonly configuration: Configuration) {}

  /** The hash of what was chosen, or of one that is made up now. */
  async prepare(chosen: string | undefined): Promise<NewPassword> {
    const password = chosen ?? generatePassword();
    return { hash: await hashPassword(password, this.configuration.settings.bcryptCost), generated: chosen === undefined ? password : null };
  }
}
