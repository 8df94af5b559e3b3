/**
 * Where the agent's proof comes from. Stand-alone it is the embedded host's cookie; inside a helpdesk it is the
 * helpdesk's page around ours.
 */
export interface SessionSource {
  /** A fresh launch token; `null` when the host does not (or no longer) know the agent. */
  launchToken(): Promise<string | null>;
  /** Leads an unknown agent to the host's sign-in and from there back to `nextPath`. */
  signIn(nextPath: string): void;
  /** The address of the host's sign-in for another tab, or `null` where the host has none. */
  signInAddress(nextPath: string): string | null;
  /** Ends the host's session; `null` where this is the host's own business. */
  signOut: (() => Promise<void>) | null;
}
