import type { Bar, Clock, MarketData } from "@trenddojo/brokers/domain";
import type { ContractBook } from "../contracts/ContractBook.ts";
import { EASTERN, easternTime } from "../easternTime.ts";
import type { TwsQuirks } from "../Quirks.ts";
import { TwsRefusal } from "../TwsRefusal.ts";
import type { TwsReply } from "../wire/TwsReply.ts";
import type { ReqHeadTimestamp, ReqHistoricalData } from "../wire/TwsRequest.ts";
import type { HistoricalPacing } from "./HistoricalPacing.ts";
import { collectHistory, readQuestion, wireBarOf, type HistoryQuestion } from "./historicalBars.ts";
import type { TwsMarket } from "./TwsMarket.ts";

/** Requests of history that a client may have open. */
const MOST_OPEN = 50;

interface KeptBars {
  readonly symbol: string;
  readonly question: HistoryQuestion;
  bar: Bar;
  isNew: boolean;
  volumeBefore: number;
}

export interface HistoryDeskParts {
  readonly clock: Clock;
  readonly market: TwsMarket;
  readonly book: ContractBook;
  readonly quirks: Required<TwsQuirks>;
  readonly pacing: HistoricalPacing;
  readonly say: (reply: TwsReply) => void;
}

/** What one client asks of history. */
export class HistoryDesk {
  readonly #parts: HistoryDeskParts;
  readonly #open = new Set<number>();
  readonly #kept = new Map<number, KeptBars>();

  constructor(parts: HistoryDeskParts) {
    this.#parts = parts;
  }

  /** @throws TwsRefusal for what is wrong with it; what is not there, the promise rejects with. */
  ask(request: ReqHistoricalData): Promise<void> {
    const { market, book } = this.#parts;
    const { requestId } = request;
    if (this.#open.has(requestId) || this.#kept.has(requestId)) throw duplicate();
    const instrument = book.find(request.contract);
    const question = readQuestion(request, market.now());
    this.#pace(request, instrument.symbol);
    if (this.#open.size + this.#kept.size >= MOST_OPEN) {
      throw new TwsRefusal(
        322,
        "Error processing request.-'bU' : cause - Only 50 simultaneous API historical data requests allowed.",
      );
    }
    this.#open.add(requestId);
    return this.#answer(request, instrument.symbol, question);
  }

  async #answer(request: ReqHistoricalData, symbol: string, question: HistoryQuestion): Promise<void> {
    const { market, say } = this.#parts;
    const { requestId } = request;
    try {
      const { bars, startsAt, endsAt } = await collectHistory(market, symbol, question);
      // It may have been cancelled meanwhile.
      if (!this.#open.delete(requestId)) return;
      say({
        kind: "historicalData",
        requestId,
        start: `${easternTime(startsAt)} ${EASTERN}`,
        end: `${easternTime(endsAt)} ${EASTERN}`,
        bars: bars.map((bar) => wireBarOf(bar, question)),
      });
      const bar = bars.at(-1);
      if (!request.keepUpToDate || bar === undefined) return;
      const volumeBefore = market.latest(symbol)?.volume ?? 0;
      this.#kept.set(requestId, { symbol, question, bar, isNew: false, volumeBefore });
    } finally {
      this.#open.delete(requestId);
    }
  }

  /** @throws TwsRefusal */
  cancel(requestId: number): void {
    const isKnown = this.#kept.delete(requestId);
    if (!this.#open.delete(requestId) && !isKnown) {
      throw new TwsRefusal(366, `No historical data query found for ticker id:${requestId}`);
    }
    if (isKnown) return;
    throw new TwsRefusal(
      162,
      `Historical Market Data Service error message:API historical data query cancelled: ${requestId}`,
    );
  }

  /** When the history of a contract begins. @throws TwsRefusal */
  async head({ requestId, contract, formatDate }: ReqHeadTimestamp): Promise<void> {
    const { market, book, say } = this.#parts;
    const { symbol } = book.find(contract);
    const [oldest] = await market.feed.bars({ symbol, timeframe: "1d", limit: 5_000 });
    if (oldest === undefined)
      throw new TwsRefusal(162, "Historical Market Data Service error message:No head time stamp");
    const seconds = String(Math.floor(oldest.openedAt / 1_000));
    say({
      kind: "headTimestamp",
      requestId,
      timestamp: formatDate === 2 ? seconds : easternTime(oldest.openedAt).replace(" ", "-"),
    });
  }

  onTick({ symbol, last, volume, timestamp }: MarketData): void {
    for (const kept of this.#kept.values()) {
      if (kept.symbol !== symbol || last === null || volume === kept.volumeBefore) continue;
      const shares = Math.max(0, volume - kept.volumeBefore);
      kept.volumeBefore = volume;
      kept.isNew = true;
      const openedAt = kept.question.size.startOf(timestamp);
      const { bar } = kept;
      kept.bar =
        openedAt > bar.openedAt
          ? { openedAt, open: last, high: last, low: last, close: last, volume: shares }
          : {
              ...bar,
              high: Math.max(bar.high, last),
              low: Math.min(bar.low, last),
              close: last,
              volume: bar.volume + shares,
            };
    }
  }

  /** Tells what became of bars that are kept up to date. */
  tend(): void {
    for (const [requestId, kept] of this.#kept) {
      if (!kept.isNew) continue;
      kept.isNew = false;
      this.#parts.say({ kind: "historicalDataUpdate", requestId, bar: wireBarOf(kept.bar, kept.question) });
    }
  }

  #pace(request: ReqHistoricalData, contract: string): void {
    const { quirks, pacing, clock } = this.#parts;
    if (!quirks.pacesHistory) return;
    const { barSize, duration, endDateTime, useRth, whatToShow } = request;
    const asked = {
      at: clock.monotonic(),
      contract: `${contract} ${whatToShow}`,
      request: [contract, barSize, duration, endDateTime, useRth, whatToShow].join(" "),
      weight: whatToShow === "BID_ASK" ? 2 : 1,
    };
    if (pacing.allows(asked)) return;
    throw new TwsRefusal(162, "Historical Market Data Service error message:Historical data request pacing violation");
  }
}

const duplicate = (): TwsRefusal => new TwsRefusal(322, "Error processing request.-'bU' : cause - Duplicate ticker id");
