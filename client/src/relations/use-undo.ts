import { useQueryCache } from '@pinia/colada';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { RelationSaved } from '../../../server/contract/relation.js';
import { problemSentence, type Sentence } from '../records/problem-sentences.js';
import { useSession } from '../session/session.js';

/** What was saved last and can be taken back. */
export interface UndoOffer {
  readonly changeId: string;
  /** End of the time in which it can, as the server says it. */
  readonly until: string;
  /** What was done, in the words of the page that did it. */
  readonly text: string;
}

/** The last save of relations, wherever one has gone since. */
export const useUndo = defineStore('undo', () => {
  const { api } = useSession();
  const cache = useQueryCache();
  const offer = shallowRef<UndoOffer | null>(null);
  const state = ref<'offered' | 'undoing' | 'undone'>('offered');
  const failure = shallowRef<Sentence | null>(null);
  /** Counts what was taken back: pages that show it ask anew. */
  const undoneCount = ref(0);

  return {
    offer,
    state,
    failure,
    undoneCount,
    offerFor({ changeId, undoUntil }: RelationSaved, text: string): void {
      if (changeId === null || undoUntil === null) return;
      offer.value = { changeId, until: undoUntil, text };
      state.value = 'offered';
      failure.value = null;
    },
    async undo(): Promise<void> {
      if (offer.value === null || state.value !== 'offered') return;
      state.value = 'undoing';
      failure.value = null;
      try {
        await api.request<RelationSaved>(`/changes/${encodeURIComponent(offer.value.changeId)}/undo`, { method: 'POST', body: {} });
        state.value = 'undone';
        undoneCount.value += 1;
        void cache.invalidateQueries({ key: ['relations'] });
      } catch (error) {
        state.value = 'offered';
        failure.value = problemSentence(error, (id) => id);
      }
    },
    dismiss(): void {
      offer.value = null;
    },
  };
});
