import type { MarketFeed } from "@trenddojo/brokers";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { isoInstant, isoInstantOrNull } from "../../wire/encode.ts";
import type { MarketView } from "../../wire/marketData.ts";
import { ownConnection } from "../owned.ts";

/** US stocks and ETFs share one calendar. */
const MARKET = "NYSE";

/** The market's clock and session, and where the connection's prices come from. @throws DeskError NOT_FOUND, NOT_CONNECTED */
export async function readMarket(desk: Desk, actor: Actor, connectionId: string): Promise<MarketView> {
  const connection = await ownConnection(desk, actor, connectionId);
  const hours = await desk.connections.require(connection).requireConnected().getMarketHours(MARKET);
  return {
    market: hours.market,
    at: isoInstant(hours.at),
    session: hours.session,
    isOpen: hours.isOpen,
    alwaysOpen: hours.alwaysOpen,
    earlyClose: hours.earlyClose,
    nextOpenAt: isoInstantOrNull(hours.nextOpenAt),
    nextCloseAt: isoInstantOrNull(hours.nextCloseAt),
    source: sourceOf(desk.feed),
  };
}

/** Every connection of today, paper or mock, is fed by the desk's own feed. */
function sourceOf({ description, progress }: MarketFeed): MarketView["source"] {
  return { kind: description.kind, label: description.label, synthetic: description.synthetic, ...progress };
}
