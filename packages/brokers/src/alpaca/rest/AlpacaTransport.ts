import type { BrokerError } from "../../BrokerError.ts";
import type { Urgency } from "../../domain/Urgency.ts";

/** Each counts its requests by itself. */
export const ALPACA_HOSTS = ["trading", "data"] as const;
export type AlpacaHost = (typeof ALPACA_HOSTS)[number];

/** One request, whole; the transport adds nothing but the address and the keys. */
export interface RestRequest {
  readonly host: AlpacaHost;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With its ids in it, encoded: "/v2/orders/61e69015…". */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
  readonly urgency: Urgency;
}

/** What came back, as it came; a status that refuses is an answer too. */
export interface RestAnswer {
  readonly status: number;
  /** Of a refusal at most `ERROR_BODY_BYTES` of it. */
  readonly body: string;
  /** For Alpaca's support: their `X-Request-ID`. */
  readonly requestId: string | null;
  readonly budget: RateBudget | null;
  /** When to come back, where it says so: milliseconds from now. */
  readonly retryAfterMs: number | null;
}

/** Alpaca's `X-RateLimit-*`, which it sends with every answer. */
export interface RateBudget {
  /** Requests a minute. */
  readonly limit: number;
  readonly remaining: number;
  /** When `remaining` is `limit` again, epoch milliseconds of the broker's clock. */
  readonly resetAt: number;
}

export interface SendOptions {
  readonly signal?: AbortSignal;
  /** Not sent after this instant, epoch milliseconds of our clock. */
  readonly sendBy?: number;
  /** Asked in the instant before it is sent; what it answers is thrown instead. */
  readonly refusal?: () => BrokerError | null;
}

/**
 * Sends one request once. Everything that speaks to Alpaca over HTTP goes through it, so whoever keeps the budget and
 * decides about retries stands here, and nowhere else.
 */
export interface AlpacaTransport extends Disposable {
  /**
   * @throws BrokerError CONNECTION_FAILED, refused, where the request cannot have reached Alpaca; else, for a request
   * that changes something, OUTCOME_UNKNOWN, and for a question CONNECTION_FAILED or TIMEOUT, refused.
   */
  send(request: RestRequest, options?: SendOptions): Promise<RestAnswer>;
}
