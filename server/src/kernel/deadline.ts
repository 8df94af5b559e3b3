/** The moment until which an outside call may take, with a signal that fires then. Passed down, never renewed. */
export interface Deadline {
  readonly signal: AbortSignal;
  remainingMs(): number;
}

export function deadlineIn(milliseconds: number): Deadline {
  const end = performance.now() + milliseconds;
  return {
    signal: AbortSignal.timeout(milliseconds),
    remainingMs: () => Math.max(0, end - performance.now()),
  };
}

/** Rejects with `onTimeout()` when the deadline passes first. The work itself must watch the signal to stop. */
export async function withDeadline<T>(deadline: Deadline, work: Promise<T>, onTimeout: () => Error): Promise<T> {
  if (deadline.signal.aborted) {
    // Nobody waits for it any more, and a rejection that nobody waits for would end the process.
    work.catch(() => {});
    throw onTimeout();
  }
  let stop = (): void => {};
  const expiry = new Promise<never>((_, reject) => {
    const expire = (): void => reject(onTimeout());
    deadline.signal.addEventListener('abort', expire, { once: true });
    stop = () => deadline.signal.removeEventListener('abort', expire);
  });
  try {
    return await Promise.race([work, expiry]);
  } finally {
    stop();
  }
}
