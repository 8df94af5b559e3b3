/** Injection token of the main database, type Connection. */
export const MAIN_CONNECTION = Symbol('MAIN_CONNECTION');

/** Injection token of the source of time, type Clock. */
export const CLOCK = Symbol('CLOCK');

/** Injection token of what is known of the main database since it was made ready, type DatabaseReport. */
export const DATABASE_REPORT = Symbol('DATABASE_REPORT');
