import type { ExchangeSession } from "@trenddojo/brokers";
import type { Fixed } from "@trenddojo/brokers/domain";
import type { Nanos } from "../wire/instant.ts";
import type { OrderTicket } from "./OrderTicket.ts";
import type { PositionIntent, VendorOrder } from "./VendorOrder.ts";

/** How long a gtc order lives. Source: https://docs.alpaca.markets/docs/orders-at-alpaca */
const GTC_LIFE_MS = 90 * 86_400_000;

export interface DraftParts {
  readonly ticket: OrderTicket;
  /** The asset's own symbol. */
  readonly symbol: string;
  /** Shares, negative when short. */
  readonly held: Fixed;
  readonly at: Nanos;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly session: ExchangeSession;
  readonly sequence: number;
  readonly newId: () => string;
  readonly replaces?: VendorOrder;
}

/** The orders that a ticket makes, the one that was asked for first and its exits after it. */
export type Drafts = readonly [VendorOrder, ...VendorOrder[]];

/** The vendor's orders that a ticket makes. The exchange has not seen them. */
export function draftOrders(parts: DraftParts): Drafts {
  const { ticket, symbol, held, at, now, session, newId, replaces } = parts;
  const expiresAt = ticket.timeInForce === "gtc" ? now + GTC_LIFE_MS : endOfDay(ticket, session);
  const isOco = ticket.orderClass === "oco";
  const limitPrice = isOco ? ticket.takeProfit : ticket.limitPrice;
  const blank = {
    symbol,
    orderClass: ticket.orderClass,
    timeInForce: ticket.timeInForce,
    createdAt: at,
    exchangeId: null,
    status: "pending_new",
    takenAs: "pending_new",
    statusBefore: null,
    filledQty: 0n,
    filledValue: 0n,
    isTriggered: false,
    replacedBy: null,
    expiresAt,
    updatedAt: at,
    filledAt: null,
    canceledAt: null,
    expiredAt: null,
    replacedAt: null,
    failedAt: null,
    highWaterMark: null,
  } as const;
  const main: VendorOrder = {
    ...blank,
    id: newId(),
    clientOrderId: ticket.clientOrderId ?? newId(),
    sequence: parts.sequence,
    side: ticket.side,
    type: ticket.type,
    role: ticket.orderClass === "simple" ? null : isOco ? "take_profit" : "entry",
    extendedHours: ticket.extendedHours,
    positionIntent: ticket.positionIntent ?? intentOf(ticket.side, held),
    notional: ticket.notional,
    qty: ticket.qty,
    limitPrice,
    stopPrice: ticket.stopPrice,
    trail: ticket.trail,
    replaces: replaces?.id ?? null,
    filledBefore: 0n,
    parentId: null,
    legIds: [],
  };
  const exitSide = isOco ? ticket.side : ticket.side === "buy" ? "sell" : "buy";
  const leg = (given: Pick<VendorOrder, "role" | "type" | "limitPrice" | "stopPrice">, place: number): VendorOrder => ({
    ...blank,
    ...given,
    id: newId(),
    clientOrderId: newId(),
    sequence: parts.sequence + place,
    side: exitSide,
    extendedHours: false,
    positionIntent: exitSide === "sell" ? "sell_to_close" : "buy_to_close",
    notional: null,
    qty: ticket.qty,
    trail: null,
    replaces: null,
    filledBefore: 0n,
    status: "held",
    takenAs: "held",
    parentId: main.id,
    legIds: [],
  });
  const legs: VendorOrder[] = [];
  if (!isOco && ticket.takeProfit !== null) {
    legs.push(leg({ role: "take_profit", type: "limit", limitPrice: ticket.takeProfit, stopPrice: null }, 1));
  }
  if (ticket.stopLoss !== null) {
    const { stopPrice, limitPrice: limit } = ticket.stopLoss;
    const type = limit === null ? "stop" : "stop_limit";
    legs.push(leg({ role: "stop_loss", type, limitPrice: limit, stopPrice }, legs.length + 1));
  }
  main.legIds = legs.map(({ id }) => id);
  return [main, ...legs];
}

/** A day order ends with the session that it can trade in: the regular one, or the last of the day. */
function endOfDay({ extendedHours }: OrderTicket, { nextCloseAt, dayEndsAt }: ExchangeSession): number {
  return extendedHours || nextCloseAt === null ? dayEndsAt : nextCloseAt;
}

function intentOf(side: "buy" | "sell", held: Fixed): PositionIntent {
  if (side === "buy") return held < 0n ? "buy_to_close" : "buy_to_open";
  return held > 0n ? "sell_to_close" : "sell_to_open";
}
