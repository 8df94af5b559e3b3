import { z } from 'zod';
import { Permission } from './session.js';

/** The embedded host's own small API under `/embedded-host/api`: its agents, and the launch tokens for the plugin's pages. */
export const AgentLogin = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[\w.@+-]+$/u);

/** No line breaks, no zero bytes: nothing that a database or a terminal would stumble over. */
const line = z.string().regex(/^\P{Cc}*$/u);
const agentName = line.trim().min(1).max(200);

export const SignIn = z.strictObject({ login: line.min(1).max(100), password: z.string().min(1).max(200) });
export type SignIn = z.infer<typeof SignIn>;

export const SignInByLink = z.strictObject({ link: z.string().min(20).max(200) });
export type SignInByLink = z.infer<typeof SignInByLink>;

export const Me = z.object({
  login: z.string(),
  name: z.string(),
  permissions: z.array(Permission),
  /** Came in by a one-time link and has no password yet. */
  passwordNeeded: z.boolean(),
});
export type Me = z.infer<typeof Me>;

export const OwnPassword = z.strictObject({ password: z.string().min(10).max(200) });
export type OwnPassword = z.infer<typeof OwnPassword>;

export const Launch = z.object({ launchToken: z.string() });
export type Launch = z.infer<typeof Launch>;

export const Agent = z.object({
  login: z.string(),
  name: z.string(),
  permissions: z.array(Permission),
  active: z.boolean(),
  hasPassword: z.boolean(),
});
export type Agent = z.infer<typeof Agent>;
export const AgentList = z.object({ items: z.array(Agent) });
export type AgentList = z.infer<typeof AgentList>;

export const AgentCreate = z.strictObject({
  login: AgentLogin,
  name: agentName,
  permissions: z.array(Permission),
});
export type AgentCreate = z.infer<typeof AgentCreate>;
/** The one-time link by which the new agent comes in, shown once. */
export const AgentCreated = z.object({ agent: Agent, signInLink: z.string() });
export type AgentCreated = z.infer<typeof AgentCreated>;
export const AgentPatch = z.strictObject({
  name: agentName.optional(),
  permissions: z.array(Permission).optional(),
  active: z.boolean().optional(),
});
export type AgentPatch = z.infer<typeof AgentPatch>;

/** What the first-run page needs: is there anything yet, and may example data be loaded here. */
export const FirstRun = z.object({
  customers: z.boolean(),
  customerUsers: z.boolean(),
  exampleDataOffered: z.boolean(),
});
export type FirstRun = z.infer<typeof FirstRun>;
export const ExampleDataLoaded = z.object({ customers: z.number().int(), customerUsers: z.number().int() });
export type ExampleDataLoaded = z.infer<typeof ExampleDataLoaded>;
