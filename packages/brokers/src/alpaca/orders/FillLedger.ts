import { divide, formatFixed, money, multiply, price, quantity, type Fixed, type Price } from "../../domain/decimal.ts";
import { executionId } from "../../domain/ids.ts";
import type { Fill, Order } from "../../domain/order.ts";

/** One execution, from the stream or from the list of activities. */
export interface Execution {
  /** Alpaca's id of the order that it belongs to. */
  readonly venueOrderId: string;
  readonly quantity: Fixed;
  readonly price: Fixed;
  /** Shares of that order filled with this execution counted in. */
  readonly cumulative: Fixed;
  /** Epoch milliseconds. */
  readonly filledAt: number;
}

type FilledOrder = Pick<Order, "orderId" | "clientOrderId" | "symbol" | "side">;

/** `gap`: executions before it are missing, so it waits for the list of activities. */
export type Booked =
  | { readonly kind: "new"; readonly fill: Fill }
  | { readonly kind: "known" }
  | { readonly kind: "gap" };

interface BookedOrder {
  /** By the shares filled up to each, that one counted in. */
  readonly fills: Map<Fixed, Fill>;
  /** Shares up to which every execution is booked. */
  upTo: Fixed;
  /** Of the executions in `fills`. */
  shares: Fixed;
  cost: Fixed;
}

/**
 * Every execution once. The stream and the list of activities name the same one by different ids, and Alpaca does not
 * say how they relate; but the order and the shares filled up to it are the same in both, and no two executions of an
 * order share them. That is the execution's id here, so it is the same one after a restart too.
 */
export class FillLedger {
  /** By Alpaca's id of the order. */
  readonly #orders = new Map<string, BookedOrder>();

  /** @param order what it was an execution of, with it counted in. */
  book(execution: Execution, order: FilledOrder): Booked {
    const { venueOrderId, cumulative } = execution;
    const before = this.bookedUpTo(venueOrderId);
    if (cumulative !== before + execution.quantity) return cumulative <= before ? { kind: "known" } : { kind: "gap" };
    const fill = toFill(execution, order);
    const booked = this.#of(venueOrderId);
    booked.fills.set(cumulative, fill);
    booked.upTo = cumulative;
    booked.shares += execution.quantity;
    booked.cost += multiply(execution.quantity, execution.price, "half_even");
    return { kind: "new", fill };
  }

  /** An execution that was told already; undefined for one that was not. */
  find(venueOrderId: string, cumulative: Fixed): Fill | undefined {
    return this.#orders.get(venueOrderId)?.fills.get(cumulative);
  }

  /** Shares of one of Alpaca's orders up to which every execution was told. */
  bookedUpTo(venueOrderId: string): Fixed {
    return this.#orders.get(venueOrderId)?.upTo ?? 0n;
  }

  /** Of all executions of an order, whichever of Alpaca's orders they belong to; null where some are not booked here. */
  averageOf(venueOrderIds: readonly string[], filled: Fixed): Price | null {
    const booked = venueOrderIds.flatMap((id) => this.#orders.get(id) ?? []);
    const shares = booked.reduce((sum, each) => sum + each.shares, 0n);
    const cost = booked.reduce((sum, each) => sum + each.cost, 0n);
    return filled === 0n || shares !== filled ? null : price(divide(cost, shares, "half_even"));
  }

  /** What an order had filled before anyone listened: it was told to nobody, and will not be. */
  begin(venueOrderId: string, filled: Fixed): void {
    if (filled > this.bookedUpTo(venueOrderId)) this.#of(venueOrderId).upTo = filled;
  }

  /** Whoever forgets an order must not take its executions for news again. */
  forget(venueOrderId: string): void {
    this.#orders.delete(venueOrderId);
  }

  #of(venueOrderId: string): BookedOrder {
    const booked = this.#orders.get(venueOrderId) ?? { fills: new Map(), upTo: 0n, shares: 0n, cost: 0n };
    this.#orders.set(venueOrderId, booked);
    return booked;
  }
}

/** What names an execution for ever. */
function executionKey(venueOrderId: string, cumulative: Fixed): string {
  return `${venueOrderId}:${formatFixed(cumulative)}`;
}

export function toFill(execution: Execution, { orderId, clientOrderId, symbol, side }: FilledOrder): Fill {
  return {
    executionId: executionId(executionKey(execution.venueOrderId, execution.cumulative)),
    orderId,
    clientOrderId,
    symbol,
    side,
    quantity: quantity(execution.quantity),
    price: price(execution.price),
    // Alpaca takes no commission on stocks; regulatory fees are booked by the day, not by the execution.
    fees: money(0n),
    filledAt: execution.filledAt,
    reason: null,
  };
}
