import { Module } from '@nestjs/common';
import { DatabaseCatalogues } from './database-catalogues.js';
import { HostCatalogues } from './host-catalogues.js';

@Module({
  providers: [{ provide: HostCatalogues, useClass: DatabaseCatalogues }],
  exports: [HostCatalogues],
})
export class CataloguesModule {}
