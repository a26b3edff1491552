import type { OfficialAuction } from "../../domain/MarketNews.ts";
import type { TradeRow } from "./TapeRow.ts";

/**
 * How long the parts of an auction are gathered, on the tape. NYSE Arca prints an opening in hundreds of parts within some
 * twenty milliseconds, and then names the whole.
 */
const GATHERING_MS = 1_000;

/** Milliseconds since midnight. */
export interface AuctionTimes {
  readonly opensMs: number;
  readonly closesMs: number;
}

/** An opening or closing that is whole at `ms`. */
export interface TapeAuction extends Pick<OfficialAuction, "symbol" | "kind" | "price"> {
  readonly size: number;
  readonly ms: number;
}

/**
 * Finds the openings and closings of a day in the prints of the exchanges that list: in those that an exchange calls
 * official, and in those that carry the mark of an auction, whose parts at one price are added up. Each is found once.
 */
export class TapeAuctions {
  readonly #times: AuctionTimes;
  /** By symbol and kind; null once it was found. */
  readonly #gathering = new Map<string, TapeAuction | null>();
  #dueMs = Number.POSITIVE_INFINITY;

  constructor(times: AuctionTimes) {
    this.#times = times;
  }

  /** Takes a print of the exchange that lists the symbol. Answers the auction that it names officially. */
  take(symbol: string, { ms, price, size, auction }: TradeRow): TapeAuction | undefined {
    if (auction === undefined) return undefined;
    const { kind, isOfficial } = auction;
    // Before its time it is one of another session: some exchanges hold an auction at four in the morning.
    if (ms < (kind === "open" ? this.#times.opensMs : this.#times.closesMs)) return undefined;
    const key = `${symbol} ${kind}`;
    const gathered = this.#gathering.get(key);
    if (gathered === null) return undefined;
    if (isOfficial) {
      this.#gathering.set(key, null);
      return { symbol, kind, price, size: Math.max(size, gathered?.size ?? 0), ms };
    }
    if (gathered === undefined) {
      const wholeMs = ms + GATHERING_MS;
      this.#gathering.set(key, { symbol, kind, price, size, ms: wholeMs });
      this.#dueMs = Math.min(this.#dueMs, wholeMs);
    } else if (gathered.price === price) {
      this.#gathering.set(key, { ...gathered, size: gathered.size + size });
    }
    return undefined;
  }

  /** The auctions whose parts are all there at `ms`, the earliest first. Cheap where there are none. */
  takeDue(ms: number): readonly TapeAuction[] {
    if (ms < this.#dueMs) return [];
    const due: TapeAuction[] = [];
    this.#dueMs = Number.POSITIVE_INFINITY;
    for (const [key, gathered] of this.#gathering) {
      if (gathered === null) continue;
      if (gathered.ms > ms) {
        this.#dueMs = Math.min(this.#dueMs, gathered.ms);
        continue;
      }
      this.#gathering.set(key, null);
      due.push(gathered);
    }
    return due.toSorted((a, b) => a.ms - b.ms);
  }
}
