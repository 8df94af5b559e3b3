export { isStoredPassword } from './password-hash.js';
export { passwordIssues } from './password-policy.js';
export type { RandomNumber } from './generate-password.js';
export { type NewPassword, Passwords } from './passwords.js';
export { PasswordsModule } from './passwords.module.js';
export { PreferencesRepository } from './preferences.repository.js';
