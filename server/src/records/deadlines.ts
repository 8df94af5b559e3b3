/** Longest times for all that one request asks of the backends. */
export const readDeadlineMs = 5_000;
export const writeDeadlineMs = 15_000;
