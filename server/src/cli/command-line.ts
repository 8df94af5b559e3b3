import { Command } from 'commander';
import type { Permission } from '../../contract/session.js';
import { configurationSchema } from '../configuration/index.js';
import type { Environment } from '../platform/config/environment.js';
import type { ApiToken } from '../platform/session/index.js';
import { withAdministration } from './administration.js';
import { readDuration, readLogin, readName, readPermissions } from './arguments.js';
import { checkConfiguration } from './check-configuration.js';
import { importConfiguration, lintConfigurationFile, showConfiguration, type ImportTargets } from './configuration-files.js';
import { emptyDatabase, helpdeskOf, withDatabase } from './database.js';
import { dayOf, say, tableOf } from './output.js';
import { publicAddress } from './public-address.js';

/** All commands. The environment is read when a command runs, so that help is there with a wrong one too. */
export function commandLine(environment: () => Environment): Command {
  const program = new Command('npm run cli --').description('Administration of Clientele. It may run beside the server.');

  program
    .command('migrate')
    .description('make the database ready; the server does it at its start as well')
    .option('--down', 'take away everything that was made, unless people are in it')
    .option('--drop-people', 'with --down: the people too')
    .action(async ({ down, dropPeople }: { down?: true; dropPeople?: true }) => {
      if (down) return emptyDatabase(environment(), dropPeople ? 'drop-people' : 'keep-people');
      await withDatabase(environment(), async (_, { tables, migrations }) => {
        say(`The helpdesk's tables: ${tables}. Migrations done now: ${migrations.join(', ') || 'none'}.`);
      });
    });

  program
    .command('sign-in-link')
    .description('make a link that signs an agent in once, within 24 hours')
    .option('--login <login>', 'whom; without it the first administrator', readLogin)
    .action(({ login }: { login?: string }) =>
      withAdministration(environment(), async ({ agents }) => {
        const address = publicAddress(environment());
        say((login === undefined ? await agents.firstSignInLink(address) : null) ?? (await agents.signInLink(login ?? null, address)));
      }),
    );

  program
    .command('agent:create')
    .description('add an agent and make the link by which they come in')
    .requiredOption('--login <login>', 'unique, in any case', readLogin)
    .requiredOption('--name <name>', 'as it is shown', readName)
    .option('--permissions <list>', 'separated by commas', readPermissions, ['clientele.write'] satisfies Permission[])
    .action((agent: { login: string; name: string; permissions: Permission[] }) =>
      withAdministration(environment(), async ({ agents }) => {
        const { signInLink } = await agents.create(agent, publicAddress(environment()));
        say(signInLink);
      }),
    );

  program
    .command('agent:list')
    .description('show all agents')
    .action(() =>
      withAdministration(environment(), async ({ agents }) => {
        const rows = (await agents.list()).map(({ login, name, permissions, active, hasPassword }) => [
          login, name, permissions.join(','), active ? 'active' : 'off', hasPassword ? 'password' : 'no password yet',
        ]);
        say(tableOf(['LOGIN', 'NAME', 'PERMISSIONS', 'STATE', 'SIGN-IN'], rows));
      }),
    );

  program
    .command('token:create')
    .description('make an API token for a program; it is shown this once')
    .requiredOption('--permissions <list>', 'separated by commas', readPermissions)
    .requiredOption('--name <name>', 'what it is for', readName)
    .option('--expires <duration>', 'such as 90d; without it, it does not expire', readDuration)
    .action(({ permissions, name, expires }: { permissions: Permission[]; name: string; expires?: number }) =>
      withAdministration(environment(), async ({ apiTokens }) => {
        const expiresAt = expires === undefined ? null : new Date(Date.now() + expires);
        const { token } = await apiTokens.create({ name, permissions, expiresAt });
        say(token);
      }),
    );

  program
    .command('token:list')
    .description('show all API tokens, without the tokens themselves')
    .action(() =>
      withAdministration(environment(), async ({ apiTokens }) => {
        const rows = (await apiTokens.list()).map((token) => [
          token.id, token.name, token.permissions.join(','), stateOf(token), dayOf(token.expiresAt), dayOf(token.lastUsedAt),
        ]);
        say(tableOf(['ID', 'NAME', 'PERMISSIONS', 'STATE', 'EXPIRES', 'LAST USED'], rows));
      }),
    );

  program
    .command('token:revoke')
    .description('revoke an API token at once')
    .argument('<id-or-name>')
    .action((idOrName: string) => withAdministration(environment(), ({ apiTokens }) => apiTokens.revoke(idOrName)));

  program
    .command('config:check')
    .description('read the configuration and look at its tables, without changing anything')
    .action(async () => say(await checkConfiguration(environment())));

  addConfigurationFiles(program, environment);
  return program;
}

function addConfigurationFiles(program: Command, environment: () => Environment): void {
  program
    .command('config:import')
    .description("write a helpdesk's Kernel/Config.pm as a configuration file of ours; it is read, never run")
    .argument('<Config.pm>')
    .option('--output <file>', 'where to', 'clientele.yaml')
    .option('--environment <file>', "also write the helpdesk's database address there, with its password")
    .option('--force', 'overwrite files that are there')
    .action(async (path: string, { environment: environmentFile, ...targets }: ImportTargets & { environment?: string }) =>
      say(await importConfiguration(path, { ...targets, environmentFile })),
    );

  program
    .command('config:show')
    .description('show the configuration as it applies, with all defaults and without secrets; settings with the place they come from')
    .argument('[file]', 'instead of the one that CLIENTELE_CONFIG names')
    .action(async (path?: string) => say(await showConfiguration(path ?? environment().configurationFile, helpdeskOf(environment()))));

  program
    .command('config:schema')
    .description('show the JSON Schema of our configuration file, for editors')
    .action(() => say(JSON.stringify(configurationSchema(), null, 2)));

  program
    .command('config:lint')
    .description('say what is wrong with a configuration file, ours or a Config.pm, with line, consequence and cure')
    .argument('[file]', 'instead of the one that CLIENTELE_CONFIG names')
    .option('--json', 'for programs')
    .action(async (path: string | undefined, { json }: { json?: true }) => {
      const file = path ?? environment().configurationFile;
      if (file === null) return say("No file is named: the helpdesk's defaults apply, and nothing is to be said against them.");
      const { text, hasErrors } = await lintConfigurationFile(file, json ? 'json' : 'text');
      say(text);
      if (hasErrors) process.exitCode = 1;
    });
}

function stateOf({ revokedAt, expiresAt }: ApiToken): string {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt.getTime() <= Date.now() ? 'expired' : 'live';
}
