import type { TRPC_ERROR_CODE_KEY } from "@trpc/server";
import type { DeskErrorCode } from "./wire/errors.ts";

interface ErrorTraits {
  /** Decides the HTTP status. */
  readonly trpc: TRPC_ERROR_CODE_KEY;
  /** What to do next, in a sentence. */
  readonly fix: string;
}

/** Every code of the desk and of the brokers, with its place in tRPC's vocabulary and the way out of it. */
export const ERROR_TRAITS = {
  CONNECTION_FAILED: { trpc: "BAD_GATEWAY", fix: "Check the connection's card; the desk keeps trying by itself." },
  AUTHENTICATION_FAILED: {
    trpc: "UNPROCESSABLE_CONTENT",
    fix: "Check what you entered for the broker, and which account it opens.",
  },
  GATEWAY_NOT_RUNNING: { trpc: "BAD_GATEWAY", fix: "Start the broker's gateway and connect again." },
  SESSION_EXPIRED: { trpc: "BAD_GATEWAY", fix: "Sign in at the broker again, then reconnect." },
  INSUFFICIENT_FUNDS: { trpc: "UNPROCESSABLE_CONTENT", fix: "Lower the quantity, or free buying power first." },
  POSITION_SIZE_EXCEEDED: {
    trpc: "UNPROCESSABLE_CONTENT",
    fix: "Lower the quantity, or change the limit in the risk settings.",
  },
  MARKET_CLOSED: {
    trpc: "UNPROCESSABLE_CONTENT",
    fix: "Wait for the session, or place a limit order that rests until it opens.",
  },
  SYMBOL_NOT_FOUND: { trpc: "NOT_FOUND", fix: "Search the instrument and choose it from the list." },
  ORDER_REJECTED: { trpc: "UNPROCESSABLE_CONTENT", fix: "Read the broker's reason, then change the order." },
  INVALID_ORDER: { trpc: "UNPROCESSABLE_CONTENT", fix: "Correct the fields named in the issues." },
  DUPLICATE_ORDER: {
    trpc: "CONFLICT",
    fix: "Look at the open orders; if a second one is meant, wait a few seconds and place it again.",
  },
  ORDER_NOT_FOUND: { trpc: "NOT_FOUND", fix: "Reload the orders." },
  ORDER_CLOSED: { trpc: "CONFLICT", fix: "Nothing can be changed any more; place a new order if one is needed." },
  NO_MARKET_DATA: { trpc: "UNPROCESSABLE_CONTENT", fix: "Wait for a fresh quote, or place a limit order." },
  RISK_LIMIT_EXCEEDED: {
    trpc: "UNPROCESSABLE_CONTENT",
    fix: "Change the order to fit the limit, or the limit in the risk settings.",
  },
  DAILY_LOSS_LIMIT: {
    trpc: "UNPROCESSABLE_CONTENT",
    fix: "Only orders that reduce risk pass until the next market day.",
  },
  MARGIN_CALL: { trpc: "UNPROCESSABLE_CONTENT", fix: "Reduce positions until the margin is covered." },
  RATE_LIMIT_EXCEEDED: { trpc: "TOO_MANY_REQUESTS", fix: "Wait; the broker limits how often it may be asked." },
  API_ERROR: { trpc: "BAD_GATEWAY", fix: "Look at the order's state before trying again." },
  TIMEOUT: { trpc: "GATEWAY_TIMEOUT", fix: "Look at the order's state before trying again." },
  NOT_SUPPORTED: { trpc: "UNPROCESSABLE_CONTENT", fix: "Choose something that this broker supports." },
  OUTCOME_UNKNOWN: {
    trpc: "GATEWAY_TIMEOUT",
    fix: "Do not send it again: the desk looks for it at the broker and tells what became of it.",
  },
  UNKNOWN: { trpc: "BAD_GATEWAY", fix: "Look at the order's state before trying again." },
  UNAUTHENTICATED: { trpc: "UNAUTHORIZED", fix: "Sign in again; what was typed is kept." },
  FORBIDDEN: { trpc: "FORBIDDEN", fix: "Ask the desk's owner for a role that may do this." },
  BAD_CREDENTIALS: { trpc: "UNAUTHORIZED", fix: "Check the name and the password." },
  NAME_TAKEN: { trpc: "CONFLICT", fix: "Choose another name." },
  WEAK_PASSWORD: {
    trpc: "BAD_REQUEST",
    fix: "Choose a longer password that nobody would guess, such as four unrelated words.",
  },
  ALREADY_SET_UP: { trpc: "CONFLICT", fix: "Sign in with the owner's account." },
  FACTOR_ENROLLED: { trpc: "CONFLICT", fix: "Remove what is enrolled first, then enrol the new one." },
  INVITATION_INVALID: { trpc: "NOT_FOUND", fix: "Ask the desk's owner for a new invitation." },
  SECOND_FACTOR_REQUIRED: {
    trpc: "UNAUTHORIZED",
    fix: "Use your passkey, or enter the six digits of your authenticator app or one of your recovery codes.",
  },
  STEP_UP_REQUIRED: { trpc: "PRECONDITION_FAILED", fix: "Confirm that it is you, then do it again." },
  PASSKEYS_UNAVAILABLE: {
    trpc: "PRECONDITION_FAILED",
    fix: "Open the desk as the message says, or use the password meanwhile.",
  },
  PASSKEY_REFUSED: {
    trpc: "UNAUTHORIZED",
    fix: "Try again within 60 seconds; if it is refused again, sign in with the password and register the passkey anew.",
  },
  INVALID_INPUT: { trpc: "BAD_REQUEST", fix: "Correct the fields named in the issues." },
  NOT_FOUND: { trpc: "NOT_FOUND", fix: "Reload; it may have been removed." },
  TOO_MANY_REQUESTS: { trpc: "TOO_MANY_REQUESTS", fix: "Wait, then try again." },
  IDEMPOTENCY_KEY_REUSED: { trpc: "CONFLICT", fix: "Open a new ticket: its key belongs to another order." },
  NOT_CONNECTED: {
    trpc: "PRECONDITION_FAILED",
    fix: "Connect the account on the connections screen, or wait until the desk has reconnected it, then try again.",
  },
  OPEN_ORDERS: { trpc: "CONFLICT", fix: "Cancel them first, or wait until they have ended." },
  OTHER_ACCOUNT: {
    trpc: "CONFLICT",
    fix: "Enter keys of the connected account, or add the other account as a connection of its own.",
  },
  KEYS_UNREADABLE: {
    trpc: "PRECONDITION_FAILED",
    fix: "Enter the connection's keys again on the connections screen.",
  },
  TRADING_HALTED: { trpc: "PRECONDITION_FAILED", fix: "Resume trading in the risk settings; cancels pass meanwhile." },
  LIVE_NOT_ARMED: { trpc: "PRECONDITION_FAILED", fix: "Arm live trading of this account, then place it again." },
  LIVE_UNAVAILABLE: {
    trpc: "PRECONDITION_FAILED",
    fix: "Do what the message says, or trade in paper mode meanwhile.",
  },
  PREVIEW_OUTDATED: { trpc: "CONFLICT", fix: "Preview the order again, look at what it says now, then place it." },
  INTERNAL: {
    trpc: "INTERNAL_SERVER_ERROR",
    fix: "Try again; if it happens again, look in the server's log for the request id.",
  },
} as const satisfies Record<DeskErrorCode, ErrorTraits>;
