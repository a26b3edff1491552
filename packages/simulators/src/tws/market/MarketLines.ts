import type { Clock, MarketData } from "@trenddojo/brokers/domain";
import type { ContractBook } from "../contracts/ContractBook.ts";
import type { TwsQuirks } from "../Quirks.ts";
import { TwsRefusal } from "../TwsRefusal.ts";
import type { TwsReply } from "../wire/TwsReply.ts";
import type { ReqMarketData } from "../wire/TwsRequest.ts";
import { MarketLine } from "./MarketLine.ts";
import type { TwsMarket } from "./TwsMarket.ts";

const LIVE = 1;
const FROZEN = 2;
const DELAYED = 3;
const DELAYED_FROZEN = 4;
/** How long a snapshot without a quote waits for one. */
const SNAPSHOT_MS = 11_000;
/** Bits of what a snapshot may be asked for. */
const SNAPSHOT_PERMISSIONS = 3;

export interface MarketLinesParts {
  readonly clock: Clock;
  readonly market: TwsMarket;
  readonly book: ContractBook;
  readonly quirks: Required<TwsQuirks>;
  readonly say: (reply: TwsReply) => void;
}

/** The market-data lines of one client. */
export class MarketLines {
  readonly #parts: MarketLinesParts;
  readonly #lines = new Map<number, MarketLine>();
  readonly #snapshots = new Map<number, Disposable>();
  #wanted = LIVE;

  constructor(parts: MarketLinesParts) {
    this.#parts = parts;
  }

  /** 1 live, 2 frozen, 3 delayed, 4 delayed and frozen; of lines from here on. @throws TwsRefusal */
  want(type: number): void {
    if (type < LIVE || type > DELAYED_FROZEN) {
      throw new TwsRefusal(321, `Error validating request.-'b5' : cause - Invalid market data type ${type}`);
    }
    this.#wanted = type;
  }

  /** @throws TwsRefusal */
  open({ requestId, contract, snapshot, genericTicks }: ReqMarketData): void {
    const { market, book, quirks, say } = this.#parts;
    if (this.#lines.has(requestId)) throw new TwsRefusal(102, "Duplicate ticker ID.");
    if (snapshot && genericTicks !== "") {
      throw new TwsRefusal(414, "Snapshot market data subscription is not applicable to generic ticks");
    }
    const instrument = book.findRoutable(contract);
    if (this.#lines.size >= quirks.lines) throw new TwsRefusal(101, "Max number of tickers has been reached");
    const type = this.#grantedType();
    if (type >= DELAYED) {
      const message = "Requested market data is not subscribed. Displaying delayed market data.";
      say({ kind: "error", id: requestId, code: 10167, message });
    }
    const line = new MarketLine(requestId, instrument, market, type >= DELAYED);
    this.#lines.set(requestId, line);
    say({
      kind: "tickReqParams",
      requestId,
      minTick: instrument.tickSize,
      bboExchange: "a60001",
      snapshotPermissions: SNAPSHOT_PERMISSIONS,
    });
    say({ kind: "marketDataType", requestId, type });
    const tick = this.#latestOf(line);
    if (tick !== undefined) for (const reply of line.news(tick)) say(reply);
    if (snapshot) this.#endSnapshot(line, tick);
  }

  /** @throws TwsRefusal */
  cancel(requestId: number): void {
    if (!this.#lines.has(requestId)) throw new TwsRefusal(300, `Can't find EId with tickerId:${requestId}`);
    this.#drop(requestId);
  }

  onTick(tick: MarketData): void {
    for (const line of this.#lines.values()) {
      if (line.instrument.symbol === tick.symbol) this.#tell(line, line.isDelayed ? this.#latestOf(line) : tick);
    }
  }

  /** Once a second: delayed prices come of age without a tick. */
  tend(): void {
    for (const line of this.#lines.values()) if (line.isDelayed) this.#tell(line, this.#latestOf(line));
  }

  #tell(line: MarketLine, tick: MarketData | undefined): void {
    if (tick === undefined) return;
    for (const reply of line.news(tick)) this.#parts.say(reply);
    if (this.#snapshots.has(line.requestId)) this.#finish(line);
  }

  #latestOf({ isDelayed, instrument: { symbol } }: MarketLine): MarketData | undefined {
    const { market } = this.#parts;
    return isDelayed ? market.delayed.at(symbol, market.now()) : market.latest(symbol);
  }

  /** As after 1101: nothing is subscribed any more. */
  clear(): void {
    for (const requestId of this.#lines.keys()) this.#drop(requestId);
  }

  #endSnapshot(line: MarketLine, tick: MarketData | undefined): void {
    if (tick !== undefined) return this.#finish(line);
    const timer = this.#parts.clock.setTimer(SNAPSHOT_MS, () => this.#finish(line));
    this.#snapshots.set(line.requestId, timer);
  }

  #finish({ requestId }: MarketLine): void {
    this.#drop(requestId);
    this.#parts.say({ kind: "tickSnapshotEnd", requestId });
  }

  #drop(requestId: number): void {
    this.#snapshots.get(requestId)?.[Symbol.dispose]();
    this.#snapshots.delete(requestId);
    this.#lines.delete(requestId);
  }

  /** @throws TwsRefusal where there is nothing for this account. */
  #grantedType(): number {
    const { quirks, market } = this.#parts;
    const isFrozenWanted = this.#wanted === FROZEN || this.#wanted === DELAYED_FROZEN;
    const isClosed = !market.sessionOf(market.now()).isOpen;
    if (quirks.marketData === "live") return isFrozenWanted && isClosed ? FROZEN : LIVE;
    if (quirks.marketData === "none") {
      throw new TwsRefusal(354, "Requested market data is not subscribed.");
    }
    if (this.#wanted < DELAYED) {
      throw new TwsRefusal(
        10089,
        "Requested market data requires additional subscription for API. See link in 'Market Data Connections' dialog for more details.Delayed market data is available.",
      );
    }
    return isFrozenWanted && isClosed ? DELAYED_FROZEN : DELAYED;
  }
}
