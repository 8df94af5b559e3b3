import { Logger } from '@nestjs/common';
import type { BackendBlock } from '../../configuration/index.js';
import { deadlineIn } from '../../kernel/deadline.js';
import { reasonOf } from '../backend-health.js';
import { BlockFaults, defineDriver, type DriverContext, type OpenedBackend } from '../backend-driver.js';
import { EntryWarnings } from './entry-warnings.js';
import { LdapBackend } from './ldap-backend.js';
import { LdapInspector } from './ldap-inspector.js';
import { LdapParams } from './ldap-params.js';
import { planDirectory } from './ldap-plan.js';
import { LdapPool } from './ldap-pool.js';
import { LdapReader } from './ldap-reader.js';

/** A start waits no longer for a directory. */
const startPatienceMs = 3_000;

/** Directories of RFC 4511: OpenLDAP, Active Directory and their like. */
export const ldapDriver = defineDriver({
  name: 'ldap',
  modules: ['Kernel::System::CustomerUser::LDAP', 'ldap'],
  params: LdapParams,
  open: openLdapBackend,
});

async function openLdapBackend(block: BackendBlock, params: LdapParams, context: DriverContext): Promise<OpenedBackend> {
  const plan = planDirectory(block, params);
  const pool = new LdapPool(params, context.clock);
  const owner = { backendId: block.id, secretKey: context.secretKey };
  const reader = new LdapReader({
    plan,
    params,
    pool,
    owner,
    affixes: { prefix: block.searchPrefix, suffix: block.searchSuffix },
    warnings: new EntryWarnings(block.id),
    clock: context.clock,
  });
  const backend = new LdapBackend(block, plan.fields, reader, pool);
  const inspector = new LdapInspector({ plan, params, pool, owner });
  warnOf(block, params);
  try {
    await backend.probe(deadlineIn(startPatienceMs));
    return { backend, inspector, failure: null, isInMainDatabase: false };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!params.mustAnswerAtStart) return { backend, inspector, failure: error, isInMainDatabase: false };
    await backend.close();
    throw new BlockFaults([`Params.Die: the directory must answer at the start, but ${reasonOf(error)}`]);
  }
}

function warnOf({ id }: BackendBlock, { account, hasHalfAnAccount, hosts, unverifiedReason }: LdapParams): void {
  const logger = new Logger('backends');
  if (hasHalfAnAccount) logger.warn(`${id}: only one of UserDN and UserPw is set, so the directory is asked without an account`);
  if (account && hosts.some(({ tls }) => tls === 'none')) logger.warn(`${id}: UserPw goes over the network unencrypted; use ldaps:// or StartTLS`);
  if (unverifiedReason !== null) logger.warn(`${id}: certificates are not checked (UnverifiedTLSReason: ${unverifiedReason})`);
}
