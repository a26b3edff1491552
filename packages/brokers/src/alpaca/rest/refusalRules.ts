import type { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { RestRequest } from "./AlpacaTransport.ts";

/** A refusal as Alpaca worded it. */
export interface WordedRefusal {
  readonly request: RestRequest;
  readonly status: number;
  /** Alpaca's own, such as 40310000; null where the body had none. */
  readonly code: number | null;
  readonly message: string;
}

interface RefusalRule {
  readonly code: BrokerErrorCode;
  /** Stable, for translations. */
  readonly rule: string;
  readonly message?: RegExp;
  readonly isFit?: (refusal: WordedRefusal) => boolean;
}

const isOrder = ({ request }: WordedRefusal): boolean => request.path.startsWith("/v2/orders");

/**
 * One code of Alpaca's covers many causes (40310000 is want of money, of shares, a wash trade and more), so the words
 * decide, and the first rule that fits. The samples were recorded or come from Alpaca's documents; Alpaca publishes no
 * list.
 */
const RULES: readonly RefusalRule[] = [
  // 422 40010001, also when the first order of that id has ended.
  { code: "DUPLICATE_ORDER", rule: "client_order_id_unique", message: /client_order_id must be unique/i },
  // 422 40010001 for an id that is not a UUID.
  { code: "ORDER_NOT_FOUND", rule: "order_known", message: /order_id is missing|order not found/i },
  // 404 40410000 'asset not found for X'; 422 'asset "X" not found' to an order.
  { code: "SYMBOL_NOT_FOUND", rule: "symbol_known", message: /asset\b.*\bnot found|could not find asset/i },
  { code: "SYMBOL_NOT_FOUND", rule: "position_known", message: /position does not exist/i },
  { code: "ORDER_NOT_FOUND", rule: "order_known", isFit: (each) => each.status === 404 && isOrder(each) },
  // 403 40310000 with buying_power and cost_basis; crypto's names the currency.
  {
    code: "INSUFFICIENT_FUNDS",
    rule: "buying_power",
    message: /insufficient (?:day ?trading )?buying power|insufficient balance/i,
  },
  // 403 40310000 'insufficient qty available for order (requested: 1.05, available: 0.55)'.
  { code: "POSITION_SIZE_EXCEEDED", rule: "quantity_available", message: /insufficient qty available/i },
  // 403 40310000 with existing_order_id and reject_reason.
  { code: "ORDER_REJECTED", rule: "wash_trade", message: /wash trade/i },
  { code: "ORDER_REJECTED", rule: "fractionable", message: /is not fractionable/i },
  { code: "ORDER_REJECTED", rule: "shortable", message: /cannot be sold short|not allowed to short|shorting/i },
  { code: "ORDER_REJECTED", rule: "tradable", message: /is not tradable|is not active/i },
  {
    code: "ORDER_REJECTED",
    rule: "trading_suspended",
    message: /rejected by user request|not authorized to trade|account .*(?:blocked|suspended|restricted)/i,
  },
  // Until June 2026.
  { code: "RISK_LIMIT_EXCEEDED", rule: "pattern_day_trading", message: /pattern day trading/i },
  // 422 42210000 'invalid limit_price 290.123. sub-penny increment does not fulfill minimum pricing criteria'.
  { code: "INVALID_ORDER", rule: "price_tick", message: /sub-penny/i },
  // 422 42210000 'order is already in "filled" state'; 'order is not cancelable'.
  {
    code: "ORDER_CLOSED",
    rule: "order_open",
    message: /already in "?(?:filled|canceled|expired|rejected|replaced)"? state|not cancell?able/i,
  },
  // It was replaced all the same, once: https://github.com/alpacahq/alpaca-trade-api-python/issues/306
  { code: "OUTCOME_UNKNOWN", rule: "replace_pending", message: /isn't sent to exchange yet/i },
  {
    code: "ORDER_REJECTED",
    rule: "order_state",
    message: /unable to replace order|in current state|already in .* state/i,
  },
  { code: "ORDER_REJECTED", rule: "stop_price_side", message: /stop price must be/i },
  { code: "INVALID_ORDER", rule: "exits_fit", message: /(?:bracket|oco|oto) orders? (?:require|must)/i },
  { code: "INVALID_ORDER", rule: "time_in_force_fits", message: /invalid (?:crypto )?time_in_force/i },
  // 403 42210000 of the data API: the plan does not cover the question.
  { code: "NOT_SUPPORTED", rule: "data_subscription", message: /subscription does not permit/i },
  // 403 of the data API: bad keys. Of the trading API a 403 is a refusal of the order, never that.
  {
    code: "AUTHENTICATION_FAILED",
    rule: "credentials",
    isFit: ({ status, request }) => status === 403 && request.host === "data",
  },
  { code: "ORDER_REJECTED", rule: "refused", isFit: (each) => each.request.method !== "GET" && isOrder(each) },
  {
    code: "SYMBOL_NOT_FOUND",
    rule: "symbol_known",
    isFit: ({ status, request }) => status === 404 && /\/(?:stocks|assets|positions)\b/.test(request.path),
  },
  // 400 40010000 'failed to decode request body', 'invalid symbol: X' of the data API.
  { code: "SYMBOL_NOT_FOUND", rule: "symbol_known", message: /invalid symbol/i },
];

/** What a refusal means here; undefined where no rule knows it. */
export function ruleOf(refusal: WordedRefusal): { readonly code: BrokerErrorCode; readonly rule: string } | undefined {
  return RULES.find(({ message, isFit }) => (message?.test(refusal.message) ?? true) && (isFit?.(refusal) ?? true));
}
