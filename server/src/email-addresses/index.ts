export { EmailAddresses } from './email-addresses.js';
export { EmailAddressesModule } from './email-addresses.module.js';
export { MailHosts } from './mail-hosts.js';
