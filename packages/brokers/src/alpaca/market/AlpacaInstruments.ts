import type { CallOptions } from "../../BrokerClient.ts";
import { waitFor } from "../../brokerCall.ts";
import type { Clock } from "../../domain/Clock.ts";
import type { Instrument } from "../../domain/marketData.ts";
import { searchInstruments } from "../../feeds/searchInstruments.ts";
import { ALPACA } from "../alpacaName.ts";
import type { TradingRest } from "../rest/TradingRest.ts";
import { toInstrument } from "./toInstrument.ts";

const FRESH_MS = 3_600_000;
/** Who asks for more than this many at once is answered from the whole list: one request in place of hundreds. */
const MANY = 10;

/** What can be traded, asked for as seldom as may be: an answer holds for an hour. */
export class AlpacaInstruments {
  readonly #trading: Pick<TradingRest, "getAsset" | "getAssets">;
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #known = new Map<string, { readonly instrument: Instrument; readonly at: number }>();
  #all: { readonly bySymbol: ReadonlyMap<string, Instrument>; readonly at: number } | null = null;
  #loading: Promise<ReadonlyMap<string, Instrument>> | null = null;
  #asking = 0;

  constructor(trading: Pick<TradingRest, "getAsset" | "getAssets">, clock: Pick<Clock, "monotonic">) {
    this.#trading = trading;
    this.#clock = clock;
  }

  /** Null for what is not traded. @throws BrokerError */
  async get(
    symbol: string,
    options: CallOptions = {},
    urgency: "reduce" | "read" = "read",
  ): Promise<Instrument | null> {
    const known = this.#known.get(symbol);
    if (known !== undefined && this.#isFresh(known.at)) return known.instrument;
    if (urgency === "read" && this.#asking >= MANY) {
      const listed = (await waitFor(ALPACA, this.#list(), options, "refused")).get(symbol);
      if (listed !== undefined) return listed;
    }
    this.#asking += 1;
    try {
      const asset = await this.#trading.getAsset(symbol, options, urgency);
      const instrument = asset === null || asset.symbol !== symbol ? null : toInstrument(asset);
      if (instrument !== null) this.#known.set(symbol, { instrument, at: this.#clock.monotonic() });
      return instrument;
    } finally {
      this.#asking -= 1;
    }
  }

  /** @throws BrokerError */
  async search(query: string, limit: number, options: CallOptions = {}): Promise<readonly Instrument[]> {
    const listed = await waitFor(ALPACA, this.#list(), options, "refused");
    return searchInstruments([...listed.values()], query, limit);
  }

  async #list(): Promise<ReadonlyMap<string, Instrument>> {
    if (this.#all !== null && this.#isFresh(this.#all.at)) return this.#all.bySymbol;
    this.#loading ??= this.#load().finally(() => (this.#loading = null));
    return this.#loading;
  }

  async #load(): Promise<ReadonlyMap<string, Instrument>> {
    const assets = await this.#trading.getAssets();
    const listed = assets.flatMap((asset) => toInstrument(asset) ?? []);
    const bySymbol = new Map(listed.map((instrument) => [instrument.symbol, instrument]));
    this.#all = { bySymbol, at: this.#clock.monotonic() };
    return bySymbol;
  }

  #isFresh(at: number): boolean {
    return this.#clock.monotonic() - at < FRESH_MS;
  }
}
