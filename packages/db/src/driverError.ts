import postgres from "postgres";

/** What a statement failed of. `guard`: a trigger of ours; `value`: text or a number that the column cannot hold. */
export type DriverErrorKind =
  | "unique"
  | "foreign_key"
  | "not_null"
  | "check"
  | "guard"
  | "serialization"
  | "connection"
  | "value"
  | "other";

export interface DriverFailure {
  readonly kind: DriverErrorKind;
  /** The name of the constraint or guard that refused, where one did. */
  readonly constraint: string | null;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html; TD001 is raised by the triggers in migrations/0001_guards.sql. */
const KIND_OF_SQLSTATE: Readonly<Record<string, DriverErrorKind>> = {
  "23505": "unique",
  "23503": "foreign_key",
  "23502": "not_null",
  "23514": "check",
  TD001: "guard",
  "40001": "serialization",
  "40P01": "serialization",
  "55P03": "serialization",
  "22003": "value",
  "22021": "value",
  "22P02": "value",
  "22P05": "value",
  "57P01": "connection",
  "57P02": "connection",
  "57P03": "connection",
};

/** The driver's own codes for a connection that is not there. */
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
]);

/** Reads a driver's error once, however deep it is wrapped; undefined for what no driver threw. */
export function classifyDriverError(error: unknown): DriverFailure | undefined {
  const refusal = findPostgresError(error);
  if (refusal !== undefined) {
    const kind = KIND_OF_SQLSTATE[refusal.code] ?? (refusal.code.startsWith("08") ? "connection" : "other");
    return { kind, constraint: refusal.constraint_name ?? null };
  }
  const code = findErrorCode(error);
  return code !== undefined && CONNECTION_CODES.has(code) ? { kind: "connection", constraint: null } : undefined;
}

/** Whether `error` is the refusal of a unique constraint or index, of `constraint` where it is given. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const failure = classifyDriverError(error);
  return failure?.kind === "unique" && (constraint === undefined || failure.constraint === constraint);
}

/** What the database itself said, in `error` or its causes. */
export function findPostgresError(error: unknown): postgres.PostgresError | undefined {
  return causes(error).find((cause) => cause instanceof postgres.PostgresError);
}

/** The code of the innermost error that has one: "ECONNREFUSED", "CONNECT_TIMEOUT", a SQLSTATE. */
export function findErrorCode(error: unknown): string | undefined {
  const codes = causes(error).map((cause) => ("code" in cause ? cause.code : undefined));
  return codes.findLast((code) => typeof code === "string");
}

function causes(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causes(error.cause)] : [];
}
