import { z } from "zod";
import type { CallOptions } from "../../BrokerClient.ts";
import { BrokerError } from "../../BrokerError.ts";
import type { Urgency } from "../../domain/Urgency.ts";
import type { AlpacaTransport, RestRequest } from "./AlpacaTransport.ts";
import { callAlpaca, tellAlpaca } from "./callAlpaca.ts";
import { formatInstant } from "./instant.ts";
import {
  wireAccount,
  wireActivity,
  wireCanceled,
  wireClosed,
  wireConfigurations,
  wireFillActivity,
  wireFillOrSplit,
  wirePortfolioHistory,
  wirePosition,
  type WireConfigurations,
} from "./wireAccount.ts";
import { wireAsset, wireCalendarDay, wireClock } from "./wireMarket.ts";
import { wireOrder } from "./wireOrder.ts";
import type { OrderBody, ReplaceBody } from "../orders/orderBody.ts";

/** What a list of orders may be narrowed by. Alpaca's names: these are its parameters. */
export interface OrderQuery {
  readonly status: "open" | "closed" | "all";
  /** Submitted after this instant, epoch milliseconds; exclusive. */
  readonly after?: number;
  /** Submitted before; exclusive. */
  readonly until?: number;
  readonly direction?: "asc" | "desc";
  /** Legs in their parents; then legs are missing whose parent is filled. @default true */
  readonly nested?: boolean;
}

/** What of an activity list to take; its time is when the activity was made, not when it happened. */
export interface ActivityQuery {
  /** Epoch milliseconds. */
  readonly after?: number;
  /** The id of the last one that is known. */
  readonly pageToken?: string;
}

/** What a portfolio's history is asked for in; Alpaca's own words. */
export interface HistoryQuery {
  /** "1D", "1M", "1A", "all". */
  readonly period?: string;
  readonly timeframe?: "1Min" | "5Min" | "15Min" | "1H" | "1D";
}

/** The most orders that one answer holds. */
export const ORDERS_A_PAGE = 500;
export const ACTIVITIES_A_PAGE = 100;

/**
 * Alpaca's Trading API, call by call, in its own words and with its own fields; what they mean is for others.
 * https://docs.alpaca.markets/reference. Every method throws as `callAlpaca` does.
 */
export class TradingRest {
  readonly #transport: AlpacaTransport;

  constructor(transport: AlpacaTransport) {
    this.#transport = transport;
  }

  getAccount(options?: CallOptions, urgency?: "reduce" | "read") {
    return callAlpaca(this.#transport, get("/v2/account", urgency), wireAccount, options);
  }

  getConfigurations(options?: CallOptions) {
    return callAlpaca(this.#transport, get("/v2/account/configurations"), wireConfigurations, options);
  }

  patchConfigurations(changes: WireConfigurations, options?: CallOptions) {
    const request = { ...change("PATCH", "/v2/account/configurations", "read"), body: changes };
    return callAlpaca(this.#transport, request, wireConfigurations, options);
  }

  postOrder(body: OrderBody, urgency: "order" | "reduce", options?: CallOptions) {
    return callAlpaca(this.#transport, { ...change("POST", "/v2/orders", urgency), body }, wireOrder, options);
  }

  /** At most `ORDERS_A_PAGE`, with their legs in them. */
  getOrders({ status, after, until, direction = "desc", nested = true }: OrderQuery, options?: CallOptions) {
    const query = {
      status,
      nested: String(nested),
      limit: String(ORDERS_A_PAGE),
      direction,
      ...(after === undefined ? {} : { after: formatInstant(after) }),
      ...(until === undefined ? {} : { until: formatInstant(until) }),
    };
    return callAlpaca(this.#transport, get("/v2/orders", "read", query), z.array(wireOrder), options);
  }

  getOrder(id: string, options?: CallOptions) {
    const request = get(`/v2/orders/${encodeURIComponent(id)}`, "lookup", { nested: "true" });
    return callAlpaca(this.#transport, request, wireOrder, options);
  }

  /** Null where Alpaca itself says that it knows no such order. */
  async getOrderByClientOrderId(clientOrderId: string, options?: CallOptions) {
    const request = get("/v2/orders:by_client_order_id", "lookup", { client_order_id: clientOrderId });
    return orNull(callAlpaca(this.#transport, request, wireOrder, options), "ORDER_NOT_FOUND");
  }

  patchOrder(id: string, body: ReplaceBody, options?: CallOptions) {
    const request = { ...change("PATCH", `/v2/orders/${encodeURIComponent(id)}`, "order"), body };
    return callAlpaca(this.#transport, request, wireOrder, options);
  }

  /** Resolves when Alpaca took the request; that it is canceled comes later. */
  deleteOrder(id: string, options?: CallOptions) {
    return tellAlpaca(this.#transport, change("DELETE", `/v2/orders/${encodeURIComponent(id)}`, "cancel"), options);
  }

  /** How each cancel went. */
  deleteOrders(options?: CallOptions) {
    return callAlpaca(this.#transport, change("DELETE", "/v2/orders", "cancel"), z.array(wireCanceled), options);
  }

  getPositions(options?: CallOptions, urgency?: "reduce" | "read") {
    return callAlpaca(this.#transport, get("/v2/positions", urgency), z.array(wirePosition), options);
  }

  /** Null where nothing is held. */
  async getPosition(symbol: string, options?: CallOptions) {
    const request = get(`/v2/positions/${encodeURIComponent(symbol)}`);
    return orNull(callAlpaca(this.#transport, request, wirePosition, options), "SYMBOL_NOT_FOUND");
  }

  /** The order that closes it. @param part all where absent; quantities and percents as decimal strings. */
  deletePosition(
    symbol: string,
    part: { readonly qty: string } | { readonly percentage: string } | null,
    options?: CallOptions,
  ) {
    const request = change("DELETE", `/v2/positions/${encodeURIComponent(symbol)}`, "reduce");
    return callAlpaca(
      this.#transport,
      part === null ? request : { ...request, query: { ...part } },
      wireOrder,
      options,
    );
  }

  /** How each closing went. */
  deletePositions(cancelOrders: boolean, options?: CallOptions) {
    const request = { ...change("DELETE", "/v2/positions", "reduce"), query: { cancel_orders: String(cancelOrders) } };
    return callAlpaca(this.#transport, request, z.array(wireClosed), options);
  }

  getClock(options?: CallOptions) {
    return callAlpaca(this.#transport, get("/v2/clock"), wireClock, options);
  }

  /** Trading days from one date to another, YYYY-MM-DD, both included. */
  getCalendar(start: string, end: string, options?: CallOptions) {
    return callAlpaca(this.#transport, get("/v2/calendar", "read", { start, end }), z.array(wireCalendarDay), options);
  }

  getAssets(options?: CallOptions) {
    const request = get("/v2/assets", "history", { status: "active", asset_class: "us_equity" });
    return callAlpaca(this.#transport, request, z.array(wireAsset), options);
  }

  /** Null for an unknown one. */
  async getAsset(symbol: string, options?: CallOptions, urgency?: "reduce" | "read") {
    const request = get(`/v2/assets/${encodeURIComponent(symbol)}`, urgency);
    return orNull(callAlpaca(this.#transport, request, wireAsset, options), "SYMBOL_NOT_FOUND");
  }

  /** Oldest first, at most `ACTIVITIES_A_PAGE`. */
  getFillActivities(query: ActivityQuery, options?: CallOptions) {
    const request = get("/v2/account/activities/FILL", "read", activityParameters(query));
    return callAlpaca(this.#transport, request, z.array(wireFillActivity), options);
  }

  /** Both in one list, oldest first, at most `ACTIVITIES_A_PAGE`. */
  getFillsAndSplits(query: ActivityQuery, options?: CallOptions) {
    const parameters = { activity_types: "FILL,SPLIT", ...activityParameters(query) };
    const request = get("/v2/account/activities", "history", parameters);
    return callAlpaca(this.#transport, request, z.array(wireFillOrSplit), options);
  }

  /** Everything but executions, oldest first, at most `ACTIVITIES_A_PAGE`; null in place of what cannot be read. */
  getNonTradeActivities(query: ActivityQuery, options?: CallOptions) {
    const parameters = { category: "non_trade_activity", ...activityParameters(query) };
    const request = get("/v2/account/activities", "history", parameters);
    return callAlpaca(this.#transport, request, z.array(wireActivity.nullable().catch(null)), options);
  }

  getPortfolioHistory(query: HistoryQuery, options?: CallOptions) {
    const request = get("/v2/account/portfolio/history", "history", { ...query });
    return callAlpaca(this.#transport, request, wirePortfolioHistory, options);
  }
}

function get(path: string, urgency: Urgency = "read", query?: Readonly<Record<string, string>>): RestRequest {
  return { host: "trading", method: "GET", path, urgency, ...(query === undefined ? {} : { query }) };
}

function change(method: "POST" | "PATCH" | "DELETE", path: string, urgency: Urgency): RestRequest {
  return { host: "trading", method, path, urgency };
}

function activityParameters({ after, pageToken }: ActivityQuery): Readonly<Record<string, string>> {
  return {
    direction: "asc",
    page_size: String(ACTIVITIES_A_PAGE),
    ...(after === undefined ? {} : { after: formatInstant(after) }),
    ...(pageToken === undefined ? {} : { page_token: pageToken }),
  };
}

async function orNull<Output>(call: Promise<Output>, code: BrokerError["code"]): Promise<Output | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof BrokerError && error.code === code) return null;
    throw error;
  }
}
