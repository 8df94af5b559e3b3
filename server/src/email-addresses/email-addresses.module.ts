import { Module } from '@nestjs/common';
import { CONFIGURATION, type Configuration, ConfigurationError } from '../configuration/index.js';
import { EmailAddresses } from './email-addresses.js';
import { DnsMailHosts, MailHosts } from './mail-hosts.js';

@Module({
  providers: [EmailAddresses, { provide: MailHosts, inject: [CONFIGURATION], useFactory: openMailHosts }],
  exports: [EmailAddresses],
})
export class EmailAddressesModule {}

/** Throws ConfigurationError for a name server that is not an address: names would have to be asked for first. */
function openMailHosts({ settings, source }: Configuration): MailHosts {
  const { CheckMXRecordNameserver: server, CheckMXRecordTimeout: seconds } = settings;
  try {
    return new DnsMailHosts({ timeoutMs: seconds * 1000, servers: server === null ? null : [server] });
  } catch {
    throw new ConfigurationError(['Settings, CheckMXRecord::Nameserver: expected an IP address, with a port if need be'], source);
  }
}
