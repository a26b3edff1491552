import { type DeskErrorCode, type WireIssue } from "./wire/errors.ts";

export interface DeskErrorOptions {
  /** What is wrong, field by field; the first one usually speaks for the whole. */
  readonly issues?: readonly WireIssue[];
  /** `unknown`: the order may exist. @default "refused"; "unknown" for INTERNAL, which proves nothing. */
  readonly outcome?: "refused" | "unknown";
  /** Seconds until another try can succeed. @default null */
  readonly retryAfterSeconds?: number | null;
  readonly cause?: unknown;
}

/**
 * The one error that a use case throws on purpose. `message` reaches the person: one sentence with the numbers that
 * matter, never a credential and never a message of the database.
 */
export class DeskError extends Error {
  override readonly name = "DeskError";
  readonly code: DeskErrorCode;
  readonly issues: readonly WireIssue[];
  readonly outcome: "refused" | "unknown";
  readonly retryAfterSeconds: number | null;

  constructor(code: DeskErrorCode, message: string, options: DeskErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.issues = options.issues ?? [];
    this.outcome = options.outcome ?? (code === "INTERNAL" ? "unknown" : "refused");
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

/** The same answer for what does not exist and for what belongs to another person. */
export function notFound(what: string): DeskError {
  return new DeskError("NOT_FOUND", `There is no such ${what}.`);
}
