import { BrokerErrorCode } from "../domain/errorCode.ts";
import type { OrderType, TimeInForce } from "../domain/order.ts";
import { spokenDuration } from "./duration.ts";
import { refuse, type Refusal } from "./Refusal.ts";
import type { SessionState } from "./SessionState.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** How long before an auction its last orders are taken, in milliseconds. */
interface Cutoffs {
  readonly opg: Readonly<Record<"market" | "limit", number>>;
  readonly cls: Readonly<Record<"market" | "limit", number>>;
}

/** Nasdaq Equity 4, Rule 4702(b)(8) to (12): https://listingcenter.nasdaq.com/rulebook/nasdaq/rules/nasdaq-equity-4 */
const NASDAQ: Cutoffs = {
  opg: { market: 2 * MINUTE, limit: 2 * MINUTE },
  cls: { market: 5 * MINUTE, limit: 2 * MINUTE },
};
/** https://www.nyse.com/publicdocs/nyse/markets/nyse/NYSE_Opening_and_Closing_Auctions_Fact_Sheet.pdf */
const NYSE: Cutoffs = {
  opg: { market: 0, limit: 0 },
  cls: { market: 10 * MINUTE, limit: 10 * MINUTE },
};
/** NYSE Arca Rule 7.35-E: https://www.nyse.com/markets/nyse-arca/trading-info */
const ARCA: Cutoffs = {
  opg: { market: MINUTE, limit: MINUTE },
  cls: { market: MINUTE, limit: MINUTE },
};

const CUTOFFS: Readonly<Record<string, Cutoffs>> = { NASDAQ, NYSE, ARCA };

/** What an order for an auction is judged by. */
export interface AuctionOrder {
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
}

/** Refuses an order for an auction that there is not, or that no longer takes orders (PX90, PX91). */
export function checkAuction(
  { type, timeInForce }: AuctionOrder,
  exchange: string,
  session: SessionState,
  now: number,
): Refusal | undefined {
  if (timeInForce !== "opg" && timeInForce !== "cls") return undefined;
  const auctionAt = timeInForce === "opg" ? session.nextOpenAt : session.nextCloseAt;
  const name = timeInForce === "opg" ? "opening" : "closing";
  if (auctionAt === null) {
    return refuse(
      BrokerErrorCode.NOT_SUPPORTED,
      "PX90",
      `This market never closes, so it has no ${name}: ${timeInForce} is not taken; use day.`,
      { timeInForce },
    );
  }
  const cutoffMs = (CUTOFFS[exchange] ?? NYSE)[timeInForce][type === "market" ? "market" : "limit"];
  const leftMs = auctionAt - now;
  if (leftMs >= cutoffMs) return undefined;
  return refuse(
    BrokerErrorCode.MARKET_CLOSED,
    "PX91",
    `The ${name} takes ${type} orders until ${spokenDuration(cutoffMs)} before it, and it is in ${spokenDuration(leftMs)}.`,
    { auctionAt, cutoffMs, leftMs },
  );
}
