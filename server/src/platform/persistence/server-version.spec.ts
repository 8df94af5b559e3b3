import { faultsOfVersion } from './server-version.js';

describe('the version of a database server', () => {
  it.each([
    ['mysql', '10.11.19-MariaDB-0+deb12u1'],
    ['mysql', '5.5.5-10.6.4-MariaDB'],
    ['mysql', '8.4.2'],
    ['postgres', '15.18 (Debian 15.18-0+deb12u1)'],
    ['postgres', '18.4'],
  ] as const)('%s %s is new enough', (engine, version) => {
    expect(faultsOfVersion(engine, version)).toEqual([]);
  });

  it.each([
    ['mysql', '10.5.29-MariaDB', 'MariaDB 10.5.29-MariaDB is too old: 10.6 or newer is needed'],
    ['mysql', '5.7.44-log', 'MySQL 5.7.44-log is too old: 8.0 or newer is needed'],
    ['postgres', '11.22', 'PostgreSQL 11.22 is too old: 12.0 or newer is needed'],
  ] as const)('%s %s is refused with what is needed', (engine, version, fault) => {
    expect(faultsOfVersion(engine, version)).toEqual([fault]);
  });
});
