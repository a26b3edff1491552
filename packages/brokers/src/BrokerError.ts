import type { BrokerErrorCode } from "./domain/errorCode.ts";

/** `refused`: the broker did not do it. `unknown`: it may have; only evidence tells. */
export type Outcome = "refused" | "unknown";

interface CodeTraits {
  /** Trying the same call again later may work. An order is never tried again without its client order id. */
  readonly retryable: boolean;
  readonly outcome: Outcome;
}

const TRAITS = {
  CONNECTION_FAILED: { retryable: true, outcome: "refused" },
  AUTHENTICATION_FAILED: { retryable: false, outcome: "refused" },
  GATEWAY_NOT_RUNNING: { retryable: true, outcome: "refused" },
  SESSION_EXPIRED: { retryable: true, outcome: "refused" },
  INSUFFICIENT_FUNDS: { retryable: false, outcome: "refused" },
  POSITION_SIZE_EXCEEDED: { retryable: false, outcome: "refused" },
  MARKET_CLOSED: { retryable: false, outcome: "refused" },
  SYMBOL_NOT_FOUND: { retryable: false, outcome: "refused" },
  ORDER_REJECTED: { retryable: false, outcome: "refused" },
  INVALID_ORDER: { retryable: false, outcome: "refused" },
  DUPLICATE_ORDER: { retryable: false, outcome: "refused" },
  ORDER_NOT_FOUND: { retryable: false, outcome: "refused" },
  ORDER_CLOSED: { retryable: false, outcome: "refused" },
  NO_MARKET_DATA: { retryable: true, outcome: "refused" },
  RISK_LIMIT_EXCEEDED: { retryable: false, outcome: "refused" },
  DAILY_LOSS_LIMIT: { retryable: false, outcome: "refused" },
  MARGIN_CALL: { retryable: false, outcome: "refused" },
  RATE_LIMIT_EXCEEDED: { retryable: true, outcome: "refused" },
  API_ERROR: { retryable: true, outcome: "unknown" },
  TIMEOUT: { retryable: true, outcome: "unknown" },
  NOT_SUPPORTED: { retryable: false, outcome: "refused" },
  OUTCOME_UNKNOWN: { retryable: false, outcome: "unknown" },
  UNKNOWN: { retryable: false, outcome: "unknown" },
} as const satisfies Record<BrokerErrorCode, CodeTraits>;

export interface BrokerErrorOptions {
  /** The numbers that matter, safe to show: never a credential, never a raw vendor body. */
  readonly details?: Readonly<Record<string, string | number>>;
  readonly cause?: unknown;
  /** Overrides the code's own, where the adapter knows more. */
  readonly outcome?: Outcome;
}

/** The one error that a broker throws. */
export class BrokerError extends Error {
  override readonly name = "BrokerError";
  readonly code: BrokerErrorCode;
  readonly broker: string;
  readonly retryable: boolean;
  readonly outcome: Outcome;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(message: string, code: BrokerErrorCode, broker: string, options: BrokerErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const traits = TRAITS[code];
    this.code = code;
    this.broker = broker;
    this.retryable = traits.retryable;
    this.outcome = options.outcome ?? traits.outcome;
    this.details = options.details ?? {};
  }
}
