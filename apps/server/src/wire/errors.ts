import { BrokerErrorCode } from "@trenddojo/brokers/domain";
import { z } from "zod";

/** The desk's own refusals, beside the broker's. */
export const DeskErrorCode = {
  ...BrokerErrorCode,
  /** Not signed in, or the session has ended: sign in again; nothing that was typed is lost. */
  UNAUTHENTICATED: "UNAUTHENTICATED",
  FORBIDDEN: "FORBIDDEN",
  BAD_CREDENTIALS: "BAD_CREDENTIALS",
  NAME_TAKEN: "NAME_TAKEN",
  WEAK_PASSWORD: "WEAK_PASSWORD",
  ALREADY_SET_UP: "ALREADY_SET_UP",
  FACTOR_ENROLLED: "FACTOR_ENROLLED",
  INVITATION_INVALID: "INVITATION_INVALID",
  /** The password is right, and not enough: a passkey, or a code of the app or a recovery code with it. */
  SECOND_FACTOR_REQUIRED: "SECOND_FACTOR_REQUIRED",
  /** Call auth.stepUp first: the session has no proof of its person that is at most 5 minutes old. */
  STEP_UP_REQUIRED: "STEP_UP_REQUIRED",
  /** Browsers give no passkeys to where this page is; the message says why. */
  PASSKEYS_UNAVAILABLE: "PASSKEYS_UNAVAILABLE",
  /** The passkey is unknown here, answered too late, or did not prove itself: which of them is not told. */
  PASSKEY_REFUSED: "PASSKEY_REFUSED",
  /** The request is not of the procedure's shape; `issues` names the fields. */
  INVALID_INPUT: "INVALID_INPUT",
  NOT_FOUND: "NOT_FOUND",
  TOO_MANY_REQUESTS: "TOO_MANY_REQUESTS",
  /** The same idempotency key came with another order. */
  IDEMPOTENCY_KEY_REUSED: "IDEMPOTENCY_KEY_REUSED",
  /** The account's connection is down or reconciling: nothing was sent. */
  NOT_CONNECTED: "NOT_CONNECTED",
  /** The connection's account has working orders, which nobody could reach any more. */
  OPEN_ORDERS: "OPEN_ORDERS",
  /** The keys are good, and open another account than the connected one; nothing was changed. */
  OTHER_ACCOUNT: "OTHER_ACCOUNT",
  /** The vault cannot open what is stored: enter the connection's keys again. */
  KEYS_UNREADABLE: "KEYS_UNREADABLE",
  TRADING_HALTED: "TRADING_HALTED",
  /** The account is one of real money that takes no order now: arm it. Nothing was sent. */
  LIVE_NOT_ARMED: "LIVE_NOT_ARMED",
  /** This desk, its store or its person cannot trade real money as they are; the message says what would have to change. */
  LIVE_UNAVAILABLE: "LIVE_UNAVAILABLE",
  /** The preview is of another order, or too old: look at it again. */
  PREVIEW_OUTDATED: "PREVIEW_OUTDATED",
  INTERNAL: "INTERNAL",
} as const;
export type DeskErrorCode = (typeof DeskErrorCode)[keyof typeof DeskErrorCode];

/** One thing that is wrong, with its field where it has one. */
export interface WireIssue {
  readonly code: DeskErrorCode;
  readonly field: string | null;
  readonly message: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/**
 * `error.data.desk` of every refused call. `message` says what happened with the numbers that matter, `fix` says
 * what to do next; neither ever holds a credential, a stack trace or a database message.
 */
export interface DeskErrorData {
  readonly code: DeskErrorCode;
  readonly message: string;
  readonly fix: string;
  readonly issues: readonly WireIssue[];
  /** The order may exist at the broker: look before trying again. */
  readonly outcome: "refused" | "unknown";
  /** Seconds until another try can succeed; null where waiting does not help. */
  readonly retryAfterSeconds: number | null;
  /** Find it in the server's log by this. */
  readonly requestId: string;
}

/** A client reads an error's data with this; anything else is a transport failure. */
export const deskErrorData = z.object({
  code: z.enum(DeskErrorCode),
  message: z.string(),
  fix: z.string(),
  issues: z.array(
    z.object({
      code: z.enum(DeskErrorCode),
      field: z.string().nullable(),
      message: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  outcome: z.enum(["refused", "unknown"]),
  retryAfterSeconds: z.number().nullable(),
  requestId: z.string(),
});
