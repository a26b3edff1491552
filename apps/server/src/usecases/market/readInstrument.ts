import type { BrokerClient, CallOptions } from "@trenddojo/brokers";
import type { Instrument } from "@trenddojo/brokers/domain";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { InstrumentView } from "../../wire/marketData.ts";
import { ownHost } from "../owned.ts";

/** @throws DeskError NOT_FOUND, NOT_CONNECTED, SYMBOL_NOT_FOUND */
export async function readInstrument(
  desk: Desk,
  actor: Actor,
  { connectionId, symbol }: { readonly connectionId: string; readonly symbol: string },
): Promise<InstrumentView> {
  const host = await ownHost(desk, actor, connectionId);
  const instrument = await findInstrument(host.requireConnected(), symbol);
  if (instrument !== undefined) return instrumentView(instrument);
  throw new DeskError("SYMBOL_NOT_FOUND", `${symbol} is not traded here.`, {
    issues: [
      { code: "SYMBOL_NOT_FOUND", field: "symbol", message: `${symbol} is not traded here.`, params: { symbol } },
    ],
  });
}

/** An instrument as the wire shows it. */
export function instrumentView({ fractionable = false, ...instrument }: Instrument): InstrumentView {
  return { ...instrument, fractionable };
}

/** The instrument of exactly this symbol. */
export async function findInstrument(
  client: Pick<BrokerClient, "searchInstruments">,
  symbol: string,
  options?: CallOptions,
): Promise<Instrument | undefined> {
  const found = await client.searchInstruments(symbol, 10, options);
  return found.find((instrument) => instrument.symbol === symbol);
}
