/** What can go wrong with the store, as a closed set. */
export const DbErrorCode = {
  /** `DATABASE_URL` is not a postgres:// address. */
  BAD_DATABASE_URL: "BAD_DATABASE_URL",
  /** Nothing answers there, or not as Postgres does. */
  DATABASE_UNREACHABLE: "DATABASE_UNREACHABLE",
  /** The server refuses the user or the password. */
  DATABASE_AUTH_FAILED: "DATABASE_AUTH_FAILED",
  /** The server has no database of that name. */
  DATABASE_MISSING: "DATABASE_MISSING",
  /** A migration failed; the database is as it was before it. */
  MIGRATION_FAILED: "MIGRATION_FAILED",
  /** The database was migrated by a newer version of the desk. */
  DATABASE_TOO_NEW: "DATABASE_TOO_NEW",
  /** Another process has the data directory open. */
  DATA_DIR_LOCKED: "DATA_DIR_LOCKED",
  /** Another desk works on the same database of a server. */
  DESK_RUNS_ALREADY: "DESK_RUNS_ALREADY",
  /** The data directory cannot be made or written. */
  DATA_DIR_UNWRITABLE: "DATA_DIR_UNWRITABLE",
  /** The embedded database does not open. */
  DATA_DIR_DAMAGED: "DATA_DIR_DAMAGED",
  /** The embedded database ended while the desk ran. */
  DATABASE_LOST: "DATABASE_LOST",
  /** A page was asked for with a cursor that no page gave. */
  BAD_CURSOR: "BAD_CURSOR",
  /** A stored document is not of the shape that its column has. */
  STORED_DATA_INVALID: "STORED_DATA_INVALID",
} as const;
export type DbErrorCode = (typeof DbErrorCode)[keyof typeof DbErrorCode];

export interface DbErrorOptions {
  /** The facts that matter, safe to show: never a password. */
  readonly details?: Readonly<Record<string, string | number>>;
  readonly cause?: unknown;
}

/** A store that cannot be opened or read. `message` is one line that says what to do; no password is ever in it. */
export class DbError extends Error {
  override readonly name = "DbError";
  readonly code: DbErrorCode;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: DbErrorCode, message: string, options: DbErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }
}
