import { marketDay, nyDate, nyMidnight } from "@trenddojo/brokers";
import type { TimeInForce } from "@trenddojo/brokers/domain";
import { unprocessable } from "../wire/ApiRefusal.ts";
import type { SimulatedAccount } from "./SimulatedAccount.ts";

const MINUTE_MS = 60_000;
/** The last orders for an auction are taken so long before it. */
const CUTOFF_MS = { opg: 2 * MINUTE_MS, cls: 10 * MINUTE_MS };
/** From here on the next day's are taken: 19:00 in New York. */
const NEXT_DAY_MS = 19 * 60 * MINUTE_MS;

/**
 * Orders for the opening are taken until 09:28 and from 19:00 on, those for the closing until 15:50 and from 19:00 on.
 * Source: the TimeInForce of the OpenAPI document. Its words of refusal are not known.
 * @throws ApiRefusal
 */
export function checkAuctionHours(timeInForce: TimeInForce, { market, quirks }: SimulatedAccount): void {
  if (timeInForce !== "opg" && timeInForce !== "cls") return;
  // A market that never closes has no auctions: the exchange says so.
  if (quirks.auctionHours === "exchange" || market.feed.description.alwaysOpen) return;
  const at = market.now();
  const date = nyDate(at);
  const { sessions } = marketDay(date);
  if (sessions === null) return;
  const auctionAt = timeInForce === "opg" ? sessions.opensAt : sessions.closesAt;
  if (at < auctionAt - CUTOFF_MS[timeInForce] || at >= nyMidnight(date) + NEXT_DAY_MS) return;
  const last = timeInForce === "opg" ? "9:28am" : "3:50pm";
  throw unprocessable(`simulator: ${timeInForce} orders are not accepted between ${last} and 7:00pm ET`);
}
