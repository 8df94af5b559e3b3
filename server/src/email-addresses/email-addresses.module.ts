import { Module } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '../configuration/index.js';
import { EmailAddresses } from './email-addresses.js';
import { DnsMailHosts, MailHosts } from './mail-hosts.js';

@Module({
  providers: [
    EmailAddresses,
    {
      provide: MailHosts,
      inject: [CONFIGURATION],
      useFactory: ({ settings }: Configuration) =>
        new DnsMailHosts({
          timeoutMs: settings.CheckMXRecordTimeout * 1000,
          servers: settings.CheckMXRecordNameserver === null ? null : [settings.CheckMXRecordNameserver],
        }),
    },
  ],
  exports: [EmailAddresses],
})
export class EmailAddressesModule {}
