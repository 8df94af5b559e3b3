import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Permission, SessionOpened } from '../../../server/contract/session.js';
import { createApiClient } from '../api/api-client.js';
import { createEmbeddedHostSource } from './embedded-host-source.js';
import { grants } from './grants.js';
import { SessionKeeper } from './session-keeper.js';

/** Who is at work, and the client that speaks in their name. */
export const useSession = defineStore('session', () => {
  const source = createEmbeddedHostSource();
  const description = shallowRef<Omit<SessionOpened, 'accessToken' | 'expiresIn'> | null>(null);
  const hasEnded = ref(false);

  const keeper = new SessionKeeper({
    launchToken: () => source.launchToken(),
    exchange: (token) => exchanging.request('/session/exchange', { method: 'POST', body: { token } }),
    opened({ actor, permissions, display, host }) {
      description.value = { actor, permissions, display, host };
      hasEnded.value = false;
    },
    ended() {
      hasEnded.value = true;
    },
  });
  const exchanging = createApiClient({ current: () => null, renew: async () => null });
  const api = createApiClient(keeper);

  /** `false`: the agent is unknown and on the way to the host's sign-in. Throws when nobody answers. */
  async function start(path: string): Promise<boolean> {
    if ((await keeper.open()) !== null) return true;
    source.signIn(path);
    return false;
  }

  const may = (permission: Permission): boolean => grants(description.value?.permissions ?? [], permission);

  return {
    api,
    description,
    hasEnded,
    mayRead: computed(() => may('clientele.read')),
    mayWrite: computed(() => may('clientele.write')),
    mayAdminister: computed(() => may('clientele.admin')),
    start,
    signInAddress: source.signInAddress,
    signOut: source.signOut,
    /** After the agent signed in again in another tab. */
    resume: () => keeper.renew(),
  };
});
