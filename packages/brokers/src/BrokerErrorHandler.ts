import { backoffMs } from "./backoff.ts";
import type { BrokerError } from "./BrokerError.ts";
import { brokerDeps, type BrokerDeps } from "./deps.ts";
import { assertNever } from "./domain/assertNever.ts";
import type { BrokerErrorCode } from "./domain/errorCode.ts";

/**
 * - `RECONCILE`: ask the broker what became of it, by the order's id; send nothing again before the answer.
 * - `RETRY_WITH_BACKOFF`: the same call again after `retryAfterMs`.
 * - `AWAIT_RECONNECT`: the monitor reconnects by itself; the call may be made again after that.
 * - `REAUTHENTICATE`: a person has to sign in or to give new credentials.
 * - `NOTIFY_USER`: a person has to change the order or the account.
 * - `LOG_AND_NOTIFY`: nobody expected it.
 */
export const RESOLUTION_ACTIONS = [
  "RECONCILE",
  "RETRY_WITH_BACKOFF",
  "AWAIT_RECONNECT",
  "REAUTHENTICATE",
  "NOTIFY_USER",
  "LOG_AND_NOTIFY",
] as const;
export type ResolutionAction = (typeof RESOLUTION_ACTIONS)[number];

export interface ErrorContext {
  /** `read` changes nothing at the broker. */
  readonly operation: "connect" | "read" | "place" | "cancel" | "modify";
  /** The id that an order was sent with. Without it a placing is never tried again. */
  readonly clientOrderId?: string;
  /** Tries before this one, from 0. */
  readonly attempt: number;
}

export interface ErrorResolution {
  readonly action: ResolutionAction;
  readonly message: string;
  /** The same call may be made again, by itself or after the action. */
  readonly canRetry: boolean;
  /** Milliseconds to wait before that. */
  readonly retryAfterMs?: number;
}

const ACTIONS = {
  CONNECTION_FAILED: "AWAIT_RECONNECT",
  AUTHENTICATION_FAILED: "REAUTHENTICATE",
  GATEWAY_NOT_RUNNING: "AWAIT_RECONNECT",
  SESSION_EXPIRED: "REAUTHENTICATE",
  INSUFFICIENT_FUNDS: "NOTIFY_USER",
  POSITION_SIZE_EXCEEDED: "NOTIFY_USER",
  MARKET_CLOSED: "NOTIFY_USER",
  SYMBOL_NOT_FOUND: "NOTIFY_USER",
  ORDER_REJECTED: "NOTIFY_USER",
  INVALID_ORDER: "NOTIFY_USER",
  DUPLICATE_ORDER: "RECONCILE",
  ORDER_NOT_FOUND: "RECONCILE",
  ORDER_CLOSED: "RECONCILE",
  NO_MARKET_DATA: "NOTIFY_USER",
  RISK_LIMIT_EXCEEDED: "NOTIFY_USER",
  DAILY_LOSS_LIMIT: "NOTIFY_USER",
  MARGIN_CALL: "NOTIFY_USER",
  RATE_LIMIT_EXCEEDED: "RETRY_WITH_BACKOFF",
  API_ERROR: "RETRY_WITH_BACKOFF",
  TIMEOUT: "RETRY_WITH_BACKOFF",
  NOT_SUPPORTED: "NOTIFY_USER",
  OUTCOME_UNKNOWN: "RECONCILE",
  UNKNOWN: "LOG_AND_NOTIFY",
} as const satisfies Record<BrokerErrorCode, ResolutionAction>;

/** What to do about a broker's error. It decides and does nothing itself: reconnecting is the monitor's alone, so no two reconnects race. */
export class BrokerErrorHandler {
  readonly #random: BrokerDeps["random"];

  constructor(deps: Partial<BrokerDeps> = {}) {
    this.#random = brokerDeps(deps).random;
  }

  handleError(error: BrokerError, context: ErrorContext): ErrorResolution {
    const changes = context.operation !== "read" && context.operation !== "connect";
    if (changes && error.outcome === "unknown") {
      return {
        action: "RECONCILE",
        message: `${error.message}: whether it took effect is being found out`,
        canRetry: false,
      };
    }
    const action = ACTIONS[error.code];
    // A broker recognises an order that comes twice by its id only.
    const mayRepeat = context.operation !== "place" || context.clientOrderId !== undefined;
    switch (action) {
      case "RETRY_WITH_BACKOFF":
        return {
          action,
          message: error.message,
          canRetry: mayRepeat,
          retryAfterMs: this.#retryAfterMs(error, context),
        };
      case "AWAIT_RECONNECT":
        return {
          action,
          message: `${error.message}: the desk reconnects by itself`,
          canRetry: mayRepeat,
          retryAfterMs: this.#retryAfterMs(error, context),
        };
      case "REAUTHENTICATE":
        return { action, message: `${error.message}: reconnect with valid credentials`, canRetry: mayRepeat };
      case "NOTIFY_USER":
      case "RECONCILE":
      case "LOG_AND_NOTIFY":
        return { action, message: error.message, canRetry: false };
      default:
        return assertNever(action);
    }
  }

  /** Never sooner than the broker asks for. */
  #retryAfterMs(error: BrokerError, { attempt }: ErrorContext): number {
    const asked = error.details["retryAfterMs"];
    const waitMs = backoffMs(attempt, this.#random);
    return typeof asked === "number" && Number.isFinite(asked) ? Math.max(asked, waitMs) : waitMs;
  }
}
