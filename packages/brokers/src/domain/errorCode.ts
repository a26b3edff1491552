/** The closed set of a broker's failures: the spec's, and what it lacks. */
export const BrokerErrorCode = {
  CONNECTION_FAILED: "CONNECTION_FAILED",
  AUTHENTICATION_FAILED: "AUTHENTICATION_FAILED",
  GATEWAY_NOT_RUNNING: "GATEWAY_NOT_RUNNING",
  SESSION_EXPIRED: "SESSION_EXPIRED",

  INSUFFICIENT_FUNDS: "INSUFFICIENT_FUNDS",
  POSITION_SIZE_EXCEEDED: "POSITION_SIZE_EXCEEDED",
  MARKET_CLOSED: "MARKET_CLOSED",
  SYMBOL_NOT_FOUND: "SYMBOL_NOT_FOUND",
  ORDER_REJECTED: "ORDER_REJECTED",
  INVALID_ORDER: "INVALID_ORDER",
  DUPLICATE_ORDER: "DUPLICATE_ORDER",
  ORDER_NOT_FOUND: "ORDER_NOT_FOUND",
  /** The order is already filled, canceled, rejected or expired. */
  ORDER_CLOSED: "ORDER_CLOSED",
  /** No quote fresh enough to price a market order against. */
  NO_MARKET_DATA: "NO_MARKET_DATA",

  RISK_LIMIT_EXCEEDED: "RISK_LIMIT_EXCEEDED",
  DAILY_LOSS_LIMIT: "DAILY_LOSS_LIMIT",
  MARGIN_CALL: "MARGIN_CALL",

  RATE_LIMIT_EXCEEDED: "RATE_LIMIT_EXCEEDED",
  API_ERROR: "API_ERROR",
  TIMEOUT: "TIMEOUT",
  NOT_SUPPORTED: "NOT_SUPPORTED",
  /** The request may or may not have reached the broker; only evidence ends this. */
  OUTCOME_UNKNOWN: "OUTCOME_UNKNOWN",
  UNKNOWN: "UNKNOWN",
} as const;
export type BrokerErrorCode = (typeof BrokerErrorCode)[keyof typeof BrokerErrorCode];
