import { z } from 'zod';
import { FieldDescription, FieldValue } from './field.js';
import { Count } from './page.js';

export const backendKinds = ['customer-user', 'customer'] as const;
export const BackendKind = z.enum(backendKinds);
export type BackendKind = z.infer<typeof BackendKind>;

/** One configured backend, in the order of precedence within its kind. Never holds an address or a secret. */
export const BackendDescription = z
  .object({
    /** The name of its configuration block: `CustomerUser`, `CustomerUser3`, `CustomerCompany`. */
    backendId: z.string(),
    kind: BackendKind,
    title: z.string(),
    driver: z.string(),
    readOnly: z.boolean(),
    /** Customers are looked up and must exist; off: the customer ID is free text. Only for kind `customer-user`. */
    customerSupport: z.boolean(),
    /** Creates a login when none is given. */
    createsLogins: z.boolean(),
    listLimit: z.number().int(),
    fields: z.array(FieldDescription),
  })
  .meta({ id: 'BackendDescription' });
export type BackendDescription = z.infer<typeof BackendDescription>;

export const BackendList = z.object({ items: z.array(BackendDescription) });
export type BackendList = z.infer<typeof BackendList>;

/** Why a backend gives no answer. The client has a sentence for each; `detail` adds what the server said, without secrets. */
export const backendFailureCodes = [
  'refused-account',
  'unreachable',
  'untrusted',
  'too-late',
  'refused-question',
  'unknown',
] as const;
export const BackendFailure = z
  .object({ code: z.enum(backendFailureCodes), detail: z.string() })
  .meta({ id: 'BackendFailure' });
export type BackendFailure = z.infer<typeof BackendFailure>;

/** How a backend is doing, from what it last answered: reading this asks no backend anything. */
export const BackendStatus = z
  .object({
    backendId: z.string(),
    /** `unknown`: not asked since the start. `paused`: failed so often that it is left alone until `nextAttemptAt`. */
    state: z.enum(['ok', 'failing', 'paused', 'unknown']),
    /** Of the first failure in the row; `null` unless failing or paused. */
    since: z.iso.datetime().nullable(),
    lastFailure: BackendFailure.nullable(),
    lastAnswerAt: z.iso.datetime().nullable(),
    /** The first question after it is let through; nobody asks by himself. */
    nextAttemptAt: z.iso.datetime().nullable(),
    /** Of its last answer, in milliseconds. */
    latencyMs: z.number().nullable(),
    /** The end of its certificate's validity, where it was reached over TLS. */
    certificateEndsAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'BackendStatus' });
export type BackendStatus = z.infer<typeof BackendStatus>;

export const BackendStatusList = z.object({ items: z.array(BackendStatus) });
export type BackendStatusList = z.infer<typeof BackendStatusList>;

/** How many records it holds, of whatever validity; `null`: it cannot be counted, or does not answer. */
export const BackendCount = z.object({ backendId: z.string(), count: Count.nullable() });
export type BackendCount = z.infer<typeof BackendCount>;

export const probeSteps = ['connect', 'bind', 'search', 'map'] as const;
export type ProbeStep = (typeof probeSteps)[number];

/** What is odd about a record: with each the variable meant. */
export const probeWarnings = ['without-login', 'without-email', 'without-customer', 'encoding', 'several-values', 'too-long'] as const;
export type ProbeWarning = (typeof probeWarnings)[number];

/**
 * A real test of one backend: connect, sign in, ask for one record, then read up to twenty side by side as they are
 * stored and as the Map makes them. Secret columns are left out of both.
 */
export const BackendProbe = z
  .object({
    backendId: z.string(),
    state: z.enum(['ok', 'failed']),
    latencyMs: z.number(),
    steps: z.array(
      z.object({
        step: z.enum(probeSteps),
        /** `skipped`: an earlier one failed, or the driver has no such step. */
        state: z.enum(['ok', 'failed', 'skipped']),
        latencyMs: z.number().nullable(),
        failure: BackendFailure.nullable(),
      }),
    ),
    certificateEndsAt: z.iso.datetime().nullable(),
    rows: z.array(
      z.object({
        /** By the name of the column or attribute, as stored; several values where the directory holds several. */
        raw: z.record(z.string(), z.array(z.string())),
        /** By the Map's variable. */
        mapped: z.record(z.string(), FieldValue),
        /** `encoding`: bytes that are no text; `several-values`: the first is used; `too-long`: relations cannot name it. */
        warnings: z.array(z.object({ code: z.enum(probeWarnings), variable: z.string().nullable() })),
      }),
    ),
  })
  .meta({ id: 'BackendProbe' });
export type BackendProbe = z.infer<typeof BackendProbe>;

/** One thing that the linter says about the operator's configuration. */
export const ConfigurationFinding = z
  .object({
    severity: z.enum(['error', 'warning', 'information']),
    code: z.string(),
    /** The backend it belongs to, if to one. */
    backendId: z.string().nullable(),
    /** In the configuration file; `null`: the file has no such place. */
    line: z.number().int().nullable(),
    /** In English, as `config:lint` prints it: what is wrong, what follows from it, and what to do. */
    message: z.string(),
    consequence: z.string(),
    cure: z.string(),
  })
  .meta({ id: 'ConfigurationFinding' });
export type ConfigurationFinding = z.infer<typeof ConfigurationFinding>;

export const ConfigurationFindings = z.object({
  /** The name of the file, without its folders; `null`: the defaults of the helpdesk are in force. */
  file: z.string().nullable(),
  items: z.array(ConfigurationFinding),
});
export type ConfigurationFindings = z.infer<typeof ConfigurationFindings>;
