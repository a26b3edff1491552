import { formatFixed, max, type Fixed } from "../domain/decimal.ts";
import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { ParsedOrder } from "../rules/ParsedOrder.ts";
import type { AccountState } from "./AccountState.ts";
import { checkTerms } from "./checkTerms.ts";
import { openingQuantity } from "./margin.ts";
import { draftsOf } from "./orderDrafts.ts";
import { refuse, type Refusal } from "./Refusal.ts";
import type { SymbolState } from "./SymbolState.ts";

/** Judges the exits of a linked order as they are given (PX10, PX12, PX110). */
export function checkExits(order: ParsedOrder, state: AccountState, symbol: SymbolState): Refusal | undefined {
  if (order.linked === undefined) return undefined;
  const [, ...exits] = draftsOf(order);
  for (const { order: exit, place } of exits) {
    if (exit.clientOrderId === order.clientOrderId) return refuseId(exit.clientOrderId);
    const known = state.orderByClientId(exit.clientOrderId);
    if (known !== undefined) {
      const { orderId, status } = known;
      return refuse(
        BrokerErrorCode.DUPLICATE_ORDER,
        "PX10",
        `Client order id ${exit.clientOrderId} was used before, by order ${orderId}, which is ${status}.`,
        { clientOrderId: exit.clientOrderId, orderId, status },
      );
    }
    const unfit = checkTerms(exit, symbol.rules);
    if (unfit !== undefined) return aboutExit(unfit, place?.role === "take_profit" ? "takeProfit" : "stopLoss");
  }
  return undefined;
}

/** A fault of an exit's price is one of the order that it was given with. */
function aboutExit({ code, reason }: Refusal, field: "takeProfit" | "stopLoss"): Refusal {
  const { rule, text, params } = reason;
  return params["field"] === "quantity" ? { code, reason } : refuse(code, rule, text, { ...params, field });
}

/** An id of the greatest length is cut to make room for its exit's ending, and may have that ending already. */
function refuseId(clientOrderId: string): Refusal {
  return refuse(
    BrokerErrorCode.INVALID_ORDER,
    "PX110",
    `Client order id ${clientOrderId} would be that of its own exit; a shorter one leaves room for another.`,
    { clientOrderId },
  );
}

/** Where the exits lie of the market that the order meets: the profit on its side, the stop on the other (PX110). */
export function checkExitPrices(order: ParsedOrder, market: Fixed | undefined): Refusal | undefined {
  const { linked } = order;
  if (linked === undefined) return undefined;
  const isOco = linked.orderClass === "oco";
  const exitsSell = isOco ? order.side === "sell" : order.side === "buy";
  const base = isOco ? null : (order.price ?? market ?? null);
  const profit = isOco ? order.price : (linked.takeProfit?.price ?? null);
  const stop = linked.stopLoss?.stopPrice ?? null;
  const isAbove = (high: Fixed, low: Fixed): boolean => (exitsSell ? high > low : high < low);
  const word = exitsSell ? "above" : "below";
  const fault = (name: string, high: Fixed, other: string, low: Fixed): Refusal =>
    refuse(
      BrokerErrorCode.INVALID_ORDER,
      "PX110",
      `The ${name} at ${formatFixed(high, 2)} must lie ${word} the ${other} at ${formatFixed(low, 2)}.`,
      {
        field: name === "profit" && !isOco ? "takeProfit" : "stopLoss",
        [name]: formatFixed(high),
        [other]: formatFixed(low),
      },
    );
  if (profit !== null && stop !== null && !isAbove(profit, stop)) return fault("profit", profit, "stop", stop);
  if (base !== null && profit !== null && !isAbove(profit, base)) return fault("profit", profit, "entry", base);
  if (base !== null && stop !== null && !isAbove(base, stop)) return fault("entry", base, "stop", stop);
  return undefined;
}

/** A pair of exits closes what is held, no more (PX116). */
export function checkClosesOnly(order: ParsedOrder, symbol: SymbolState): Refusal | undefined {
  if (order.linked?.orderClass !== "oco") return undefined;
  const { side, quantity } = order;
  const open = symbol.book[side].openQuantity;
  const held = symbol.holding.quantity;
  if (openingQuantity(side, open + quantity, held) === 0n) return undefined;
  const closable = max((side === "sell" ? held : -held) - open, 0n);
  return refuse(
    BrokerErrorCode.ORDER_REJECTED,
    "PX116",
    `An oco closes a position: ${formatFixed(closable)} of ${symbol.symbol} can be closed, not ${formatFixed(quantity)}.`,
    { field: "quantity", closable: formatFixed(closable), quantity: formatFixed(quantity) },
  );
}
