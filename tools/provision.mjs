import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { run, say } from './run.mjs';

const needs = [
  { name: 'MariaDB', packages: ['mariadb-server'], isThere: () => anyOf('/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd', '/usr/bin/mariadbd', '/opt/homebrew/bin/mariadbd') },
  { name: 'PostgreSQL', packages: ['postgresql'], isThere: () => hasDebianPostgres() || anyOf('/usr/local/bin/initdb', '/opt/homebrew/bin/initdb', '/usr/bin/initdb') },
  {
    name: 'slapd',
    packages: ['slapd', 'ldap-utils'],
    isThere: () => anyOf('/usr/sbin/slapd', '/opt/homebrew/opt/openldap/libexec/slapd', '/usr/local/opt/openldap/libexec/slapd'),
  },
  { name: 'Redis', packages: ['redis-server'], isThere: () => anyOf('/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server') },
  {
    name: 'Chromium',
    packages: ['chromium'],
    isThere: () => anyOf('/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', process.env.CHROMIUM ?? ''),
  },
  // perl-base, which is always there, lacks the modules that the bridge's tests need.
  { name: 'Perl', packages: ['perl'], isThere: () => spawnSync('perl', ['-MJSON::PP', '-MDigest::SHA', '-e', '1']).status === 0 },
  // The example data writes in more than Latin letters, and the screenshots show it.
  { name: 'fonts', packages: ['fonts-noto-core', 'fonts-noto-cjk'], isThere: () => process.platform !== 'linux' || existsSync('/usr/share/fonts') },
];

/** The servers and the browser the suites need, from the system's own packages. Throws where that cannot be. */
export async function provision() {
  const missing = needs.filter(({ isThere }) => !isThere());
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  const packages = missing.flatMap((need) => need.packages);
  const prefix = aptPrefix();
  const command = `apt-get install ${packages.join(' ')}`;
  if (prefix === null) throw new Error(`The suites need ${names}, and this user cannot install packages here. Install them: ${command}`);

  say(`Installing ${names} (${command}), which takes a minute or two …`);
  // The run level keeps the packages from starting services: the suites start private ones.
  const env = ['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1'];
  const aptGet = (...args) => {
    const [first, ...rest] = [...prefix, ...env, 'apt-get', '-qq', ...args];
    return run(first, rest);
  };
  await aptGet('update');
  const code = await aptGet('install', '-y', '--no-install-recommends', ...packages);
  const stillMissing = needs.filter(({ isThere }) => !isThere());
  if (code !== 0 || stillMissing.length > 0) throw new Error(`Could not install ${names}; apt-get's message is above. By hand: ${command}`);
}

/** How to call apt-get here: as root, through sudo without a password, or not at all (`null`). */
function aptPrefix() {
  if (!existsSync('/usr/bin/apt-get')) return null;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : null;
}

function anyOf(...paths) {
  return paths.some((path) => existsSync(path));
}

function hasDebianPostgres() {
  const root = '/usr/lib/postgresql';
  return existsSync(root) && readdirSync(root).some((version) => existsSync(`${root}/${version}/bin/initdb`));
}
