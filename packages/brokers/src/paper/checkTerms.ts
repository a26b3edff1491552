import { formatFixed, max, ONE, parseFixed, roundToStep, type Fixed } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { OrderType, TimeInForce, Trail } from "../domain/order.ts";
import { takesFractions } from "../rules/checkInstrument.ts";
import { refuse, type Refusal } from "./Refusal.ts";
import type { TradingRules } from "./SymbolState.ts";

/** The part of an order that needs no market to be judged. */
export interface CheckedTerms {
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly extendedHours: boolean;
  readonly quantity: Fixed;
  readonly price: Fixed | null;
  readonly stopPrice: Fixed | null;
  /** The market, not the order, names the stop price where there is one. */
  readonly trail?: Trail<Fixed> | null;
  /** The market makes a quantity of an amount of money where there is one. */
  readonly notional?: Fixed;
}

/** Price step below one dollar. SEC Rule 612, https://www.law.cornell.edu/cfr/text/17/242.612 */
const SUB_DOLLAR_STEP: Fixed = parseFixed("0.0001");

/** The smallest step between prices around `price`. */
export function priceStep(price: Fixed, rules: TradingRules): Fixed {
  return price >= ONE ? rules.tickSize : SUB_DOLLAR_STEP;
}

/** Form, lot, tick and combination of an order's terms (PX12, PX13). */
export function checkTerms(terms: CheckedTerms, rules: TradingRules): Refusal | undefined {
  const isTrailing = (terms.trail ?? null) !== null;
  return (
    (terms.notional !== undefined ? undefined : checkQuantity(terms, rules)) ??
    checkPrice("limit price", terms.type === "limit" || terms.type === "stop_limit", terms.price, terms.type, rules) ??
    checkPrice(
      "stop price",
      (terms.type === "stop" && !isTrailing) || terms.type === "stop_limit",
      isTrailing ? null : terms.stopPrice,
      terms.type,
      rules,
    ) ??
    checkCombination(terms)
  );
}

function checkQuantity(terms: CheckedTerms, rules: TradingRules): Refusal | undefined {
  const { quantity } = terms;
  const step = takesFractions(terms) ? rules.fractionSize : rules.lotSize;
  if (quantity > 0n && quantity % step === 0n) return undefined;
  const lotSize = formatFixed(step);
  const nearest = formatFixed(max(roundToStep(quantity, step, "half_up"), step));
  const asked = formatFixed(quantity);
  return refuse(
    BrokerErrorCode.INVALID_ORDER,
    "PX12",
    `A quantity is a multiple of ${lotSize} above zero, not ${asked}; the nearest is ${nearest}.`,
    { field: "quantity", quantity: asked, lotSize, nearest },
  );
}

export function checkPrice(
  name: "limit price" | "stop price",
  isDue: boolean,
  value: Fixed | null,
  type: OrderType,
  rules: TradingRules,
): Refusal | undefined {
  const field = name === "limit price" ? "price" : "stopPrice";
  if (!isDue) {
    if (value === null) return undefined;
    return refuse(BrokerErrorCode.INVALID_ORDER, "PX12", `A ${type} order has no ${name}.`, {
      field,
      value: formatFixed(value),
    });
  }
  if (value === null)
    return refuse(BrokerErrorCode.INVALID_ORDER, "PX12", `A ${type} order needs a ${name}.`, { field });
  const step = priceStep(value, rules);
  if (value > 0n && value % step === 0n) return undefined;
  const nearest = formatFixed(max(roundToStep(value, step, "half_up"), step));
  const asked = formatFixed(value);
  const tickSize = formatFixed(step);
  return refuse(
    BrokerErrorCode.INVALID_ORDER,
    "PX12",
    `The ${name} ${asked} is not a multiple of ${tickSize} above zero; the nearest is ${nearest}.`,
    { field, value: asked, tickSize, nearest },
  );
}

function checkCombination(terms: CheckedTerms): Refusal | undefined {
  const { type, timeInForce } = terms;
  if (timeInForce !== "day" && timeInForce !== "gtc" && (type === "stop" || type === "stop_limit")) {
    return refuse(
      BrokerErrorCode.INVALID_ORDER,
      "PX13",
      `A ${type} order waits, so it cannot be ${timeInForce}; use day or gtc.`,
      {
        type,
        timeInForce,
      },
    );
  }
  if (terms.extendedHours && type !== "limit") {
    return refuse(
      BrokerErrorCode.INVALID_ORDER,
      "PX13",
      `Only limit orders trade in extended hours, not ${type} orders.`,
      { type },
    );
  }
  return undefined;
}

/** Fills at once or not at all; never rests. */
export function isImmediate(timeInForce: TimeInForce): boolean {
  return timeInForce === "ioc" || timeInForce === "fok";
}
