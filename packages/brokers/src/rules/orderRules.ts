import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { OrderField, OrderIssue } from "../domain/validation.ts";

interface RuleTraits {
  readonly code: BrokerErrorCode;
  /** What `ValidationResult.errors` says; the spec's own words where it has some. */
  readonly sentence: string;
}

/** Every rule that can refuse an order: its stable name, its code and its sentence. */
export const ORDER_RULES = {
  order_shape: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Invalid order" },
  symbol_format: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Invalid order symbol" },
  side_known: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Invalid order side" },
  type_known: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Invalid order type" },
  time_in_force_known: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Invalid time in force" },
  time_in_force_fits: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Time in force does not fit the order type" },
  extended_hours_fits: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Extended hours do not fit the order" },
  client_order_id_format: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Invalid client order id" },
  quantity_format: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Invalid order quantity" },
  quantity_lot: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Invalid order quantity" },
  price_format: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Invalid order price" },
  price_tick: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Invalid order price" },
  notional_format: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Invalid order amount" },
  trail_format: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Invalid trail" },
  expiry_fits: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Invalid order expiry" },
  order_class_known: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Invalid order class" },
  exits_fit: { code: BrokerErrorCode.INVALID_ORDER, sentence: "Exits do not fit the order" },
  symbol_known: { code: BrokerErrorCode.SYMBOL_NOT_FOUND, sentence: "Unknown symbol" },
  capability: { code: BrokerErrorCode.NOT_SUPPORTED, sentence: "Not supported by this broker" },

  trading_halted: { code: BrokerErrorCode.RISK_LIMIT_EXCEEDED, sentence: "Trading is halted" },
  reducing_only: { code: BrokerErrorCode.RISK_LIMIT_EXCEEDED, sentence: "Only orders that reduce a position may go" },
  market_open: { code: BrokerErrorCode.MARKET_CLOSED, sentence: "Market is closed" },
  fresh_quote: { code: BrokerErrorCode.NO_MARKET_DATA, sentence: "No fresh quote for a market order" },
  price_collar: { code: BrokerErrorCode.RISK_LIMIT_EXCEEDED, sentence: "Price is too far through the market" },
  order_quantity: { code: BrokerErrorCode.RISK_LIMIT_EXCEEDED, sentence: "Order quantity exceeds limit" },
  order_value: { code: BrokerErrorCode.RISK_LIMIT_EXCEEDED, sentence: "Order value exceeds limit" },
  position_limit: { code: BrokerErrorCode.POSITION_SIZE_EXCEEDED, sentence: "Position size exceeds limit" },
  exposure_limit: { code: BrokerErrorCode.RISK_LIMIT_EXCEEDED, sentence: "Exposure exceeds limit" },
  symbol_blocked: { code: BrokerErrorCode.RISK_LIMIT_EXCEEDED, sentence: "Symbol is blocked" },
  symbol_order_quantity: {
    code: BrokerErrorCode.RISK_LIMIT_EXCEEDED,
    sentence: "Order quantity exceeds the symbol's limit",
  },
  symbol_order_value: { code: BrokerErrorCode.RISK_LIMIT_EXCEEDED, sentence: "Order value exceeds the symbol's limit" },
  symbol_position_limit: {
    code: BrokerErrorCode.POSITION_SIZE_EXCEEDED,
    sentence: "Position size exceeds the symbol's limit",
  },
  daily_loss: { code: BrokerErrorCode.DAILY_LOSS_LIMIT, sentence: "Daily loss limit reached" },
  buying_power: { code: BrokerErrorCode.INSUFFICIENT_FUNDS, sentence: "Insufficient funds" },
  order_rate: { code: BrokerErrorCode.RATE_LIMIT_EXCEEDED, sentence: "Too many orders a minute" },
  unknown_outcome: {
    code: BrokerErrorCode.RISK_LIMIT_EXCEEDED,
    sentence: "An order like this may be working already",
  },
  duplicate_order: { code: BrokerErrorCode.DUPLICATE_ORDER, sentence: "Same order placed moments ago" },
} as const satisfies Record<string, RuleTraits>;
export type OrderRule = keyof typeof ORDER_RULES;

/** The numbers that a rule spoke with, by name. */
export type IssueParams = OrderIssue["params"];

/** One refusal: the rule's sentence, a colon, and `detail`, which carries the numbers and what to do. */
export function orderIssue(rule: OrderRule, detail: string, params: IssueParams, field?: OrderField): OrderIssue {
  const { code, sentence } = ORDER_RULES[rule];
  return { code, rule, message: `${sentence}: ${detail}`, params, ...(field === undefined ? {} : { field }) };
}

const isOrderRule = (rule: string): rule is OrderRule => Object.hasOwn(ORDER_RULES, rule);

/** The bare sentence of an issue, without its numbers; the whole message for a rule that is not ours. */
export function sentenceOf(issue: OrderIssue): string {
  return isOrderRule(issue.rule) ? ORDER_RULES[issue.rule].sentence : issue.message;
}
