import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import type { barsInput, BarView } from "../../wire/marketData.ts";
import { ownHost } from "../owned.ts";

/** Candles, oldest first; the last one may still be forming. @throws DeskError NOT_FOUND, NOT_CONNECTED; BrokerError */
export async function readBars(desk: Desk, actor: Actor, input: z.infer<typeof barsInput>): Promise<BarView[]> {
  const host = await ownHost(desk, actor, input.connectionId);
  const { symbol, timeframe, limit, before } = input;
  const bars = await host
    .requireConnected()
    .getHistoricalBars({ symbol, timeframe, limit, ...(before === undefined ? {} : { before }) });
  return bars.map(({ openedAt, open, high, low, close, volume }) => ({
    time: Math.floor(openedAt / 1000),
    open,
    high,
    low,
    close,
    volume,
  }));
}
