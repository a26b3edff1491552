import type { Fixed } from "../../domain/decimal.ts";
import type { OrderSide, OrderType, TimeInForce, Trail } from "../../domain/order.ts";
import { readNumber, readPositive } from "../ibNumber.ts";
import { symbolOf } from "../ibSymbol.ts";
import { readInstant } from "../ibTime.ts";
import type { IBContract, IBOrderTold } from "../session/vendorTypes.ts";
import type { OrderTerms } from "./OrderTerms.ts";

interface Kind {
  readonly type: OrderType;
  /** The time in force that the type names; else `tif` does. */
  readonly timeInForce?: TimeInForce;
}

/** Those that the desk has words for. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ["MKT", { type: "market" }],
  ["LMT", { type: "limit" }],
  ["STP", { type: "stop" }],
  ["STP LMT", { type: "stop_limit" }],
  ["TRAIL", { type: "stop" }],
  ["MOC", { type: "market", timeInForce: "cls" }],
  ["LOC", { type: "limit", timeInForce: "cls" }],
]);

const TIMES: ReadonlyMap<string, TimeInForce> = new Map([
  ["DAY", "day"],
  ["GTC", "gtc"],
  ["GTD", "gtc"],
  ["IOC", "ioc"],
  ["FOK", "fok"],
  ["OPG", "opg"],
]);

const SIDES: ReadonlyMap<string, OrderSide> = new Map([
  ["BUY", "buy"],
  ["SELL", "sell"],
  ["SSHORT", "sell"],
]);

/**
 * The terms of an order that the gateway tells of; null for one that the desk has no words for: no stock, another type or
 * time in force. Such an order was placed elsewhere.
 */
export function readIBOrder(contract: IBContract, told: IBOrderTold): OrderTerms | null {
  const kind = KINDS.get(told.orderType ?? "");
  const side = SIDES.get(told.action ?? "");
  const timeInForce = kind?.timeInForce ?? TIMES.get(told.tif ?? "");
  const quantity = readPositive(told.totalQuantity);
  const symbol = symbolOf(contract);
  if (kind === undefined || side === undefined || timeInForce === undefined) return null;
  if (quantity === null || symbol === null) return null;
  const trail = told.orderType === "TRAIL" ? trailOf(told) : undefined;
  if (trail === null) return null;
  const expiresAt = told.tif === "GTD" ? readInstant(told.goodTillDate ?? "") : null;
  return {
    symbol,
    side,
    type: kind.type,
    timeInForce,
    extendedHours: told.outsideRth === true,
    quantity,
    price: hasLimit(kind.type) ? readNumber(told.lmtPrice) : null,
    stopPrice: trail === undefined ? stopPriceOf(kind.type, told) : readPositive(told.trailStopPrice),
    ...(trail === undefined ? {} : { trail }),
    ...(expiresAt === null ? {} : { expiresAt }),
  };
}

const hasLimit = (type: OrderType): boolean => type === "limit" || type === "stop_limit";

function stopPriceOf(type: OrderType, { auxPrice }: IBOrderTold): Fixed | null {
  return type === "stop" || type === "stop_limit" ? readNumber(auxPrice) : null;
}

/** Null where it says neither an amount nor a percentage. */
function trailOf({ trailingPercent, auxPrice }: IBOrderTold): Trail<Fixed> | null {
  const percent = readPositive(trailingPercent);
  if (percent !== null) return { by: "percent", value: percent };
  const amount = readPositive(auxPrice);
  return amount === null ? null : { by: "amount", value: amount };
}
