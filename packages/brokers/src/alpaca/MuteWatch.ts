import type { AlpacaMarket } from "./market/AlpacaMarket.ts";
import type { DataRest } from "./rest/DataRest.ts";
import type { DataChannel, DataStream } from "./stream/DataStream.ts";

/** A channel that is silent for this long in the regular session is looked into. */
export const SILENT_MS = 15_000;
/** Alpaca's own answer may be a little ahead of its stream. */
const TOLERANCE_MS = 2_000;

export interface MuteWatchOptions {
  readonly stream: DataStream;
  readonly data: DataRest;
  readonly market: Pick<AlpacaMarket, "session">;
  /** Our clock and the broker's, epoch milliseconds. */
  readonly now: () => number;
  readonly brokerNow: () => number;
}

/**
 * Finds a socket that is open, answers pings and tells nothing: https://github.com/alpacahq/alpaca-py/issues/740. A
 * silence proves nothing by itself, for a quiet share has few prices; but where Alpaca's REST side has a newer one than
 * the stream told, the channel is mute. Each channel by itself; those that are quiet by nature are not watched.
 */
export class MuteWatch {
  readonly #options: MuteWatchOptions;
  readonly #checkedAt = new Map<DataChannel, number>();
  /** When the REST side first had a price that the channel had not told. */
  readonly #suspectedAt = new Map<DataChannel, number>();
  readonly #mute = new Set<DataChannel>();

  constructor(options: MuteWatchOptions) {
    this.#options = options;
  }

  /** Channels of which it is known that they are mute; a word on a channel ends it. */
  get mute(): readonly DataChannel[] {
    return [...this.#mute];
  }

  /** The socket is new, or was just heard to be sound. */
  begin(): void {
    this.#mute.clear();
    this.#suspectedAt.clear();
    const now = this.#options.now();
    for (const channel of WATCHED) this.#checkedAt.set(channel, now);
  }

  /** Looks at the channels that have been silent. @returns whether one was found mute just now. @throws BrokerError */
  async check(): Promise<boolean> {
    const { stream, market, now } = this.#options;
    if (!stream.connection.isReady || !market.session().isOpen) return false;
    let isFound = false;
    for (const channel of WATCHED) {
      const heardAt = stream.heardAt(channel) ?? 0;
      const since = Math.max(heardAt, this.#checkedAt.get(channel) ?? 0);
      if (heardAt >= now() - SILENT_MS) this.#mute.delete(channel);
      if (stream.watched(channel).size === 0 || now() - since < SILENT_MS) {
        this.#suspectedAt.delete(channel);
        continue;
      }
      const suspectedAt = this.#suspectedAt.get(channel);
      // What the REST side has may be on its way to us.
      if (suspectedAt !== undefined && now() - suspectedAt < TOLERANCE_MS) continue;
      if (suspectedAt === undefined && (await this.#hasMissed(channel, since))) {
        this.#suspectedAt.set(channel, now());
        continue;
      }
      this.#checkedAt.set(channel, now());
      if (suspectedAt === undefined) continue;
      this.#suspectedAt.delete(channel);
      this.#mute.add(channel);
      isFound = true;
    }
    return isFound;
  }

  /** Whether Alpaca has a newer one than the silence is old. */
  async #hasMissed(channel: "trades" | "quotes", since: number): Promise<boolean> {
    const { stream, data, now, brokerNow } = this.#options;
    const symbols = [...stream.watched(channel)];
    const newest =
      channel === "quotes"
        ? Object.values((await data.getLatestQuotes(symbols)).quotes)
        : Object.values((await data.getLatestTrades(symbols)).trades);
    const silentFrom = since + (brokerNow() - now()) + TOLERANCE_MS;
    return newest.some(({ t }) => t > silentFrom) && (stream.heardAt(channel) ?? 0) <= since;
  }
}

const WATCHED = ["quotes", "trades"] as const satisfies readonly DataChannel[];
