import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Issue, Problem } from '../../../server/contract/problem.js';
import { ApiFailure, ConnectionFailure } from '../api/failures.js';

/** Why the embedded host did not do as asked; `unreachable` where no answer came at all. */
export interface Refusal {
  readonly code: Problem['code'] | 'unreachable';
  readonly issues: readonly Issue[];
}

const told = ['sign-in.refused', 'session.expired', 'permission.missing', 'limit.exceeded', 'login.taken', 'agent.last-admin', 'unreachable'];

/** Runs what may be refused, and keeps the latest refusal with its sentence; `null` is the answer of a refused call. */
export function useRefusal(): {
  refusal: Ref<Refusal | null>;
  sentence: ComputedRef<string | null>;
  during<Answer>(work: () => Promise<Answer>): Promise<Answer | null>;
} {
  const { t } = useI18n();
  const refusal = ref<Refusal | null>(null);
  const sentence = computed(() => (refusal.value === null ? null : t(`embeddedHost.refusal.${keyOf(refusal.value)}`)));

  async function during<Answer>(work: () => Promise<Answer>): Promise<Answer | null> {
    refusal.value = null;
    try {
      return await work();
    } catch (error) {
      refusal.value = refusalIn(error);
      return null;
    }
  }

  return { refusal, sentence, during };
}

export function refusalIn(error: unknown): Refusal {
  if (error instanceof ApiFailure) return error.problem;
  if (error instanceof ConnectionFailure) return { code: 'unreachable', issues: [] };
  throw error;
}

/** Dots part the levels of the catalogue, so a code's own become dashes. */
function keyOf({ code, issues }: Refusal): string {
  const named = [...issues.map((issue) => issue.code), code].find((candidate) => told.includes(candidate));
  return (named ?? 'other').replaceAll('.', '-');
}
