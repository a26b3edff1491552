import type { TradingHalt } from "./tradingStatus.ts";

/** Where a number comes from. `mirror` is another connection's quotes. */
export const FEED_KINDS = ["synthetic", "replay", "mirror", "broker"] as const;
export type FeedKind = (typeof FEED_KINDS)[number];

/** How far a price can be trusted. The word "live" is for money, never for feeds. */
export const FEED_STATES = ["streaming", "delayed", "snapshot", "stale", "closed"] as const;
export type FeedState = (typeof FEED_STATES)[number];

/**
 * The latest of one instrument. Plain numbers: ticks are looked at, not booked. A side without a quote is null,
 * never 0.
 */
export interface MarketData {
  readonly symbol: string;
  readonly bid: number | null;
  readonly ask: number | null;
  /** Shares. */
  readonly bidSize: number | null;
  readonly askSize: number | null;
  readonly last: number | null;
  readonly lastSize: number | null;
  /** Shares traded since the start of the market day. */
  readonly volume: number;
  readonly previousClose: number | null;
  /** The market's own time of this tick, epoch milliseconds. */
  readonly timestamp: number;
  /** When it reached us, epoch milliseconds of our clock. */
  readonly receivedAt: number;
  readonly source: FeedKind;
  readonly feed: FeedState;
  /** Why nothing trades: the exchange has halted or paused it. Absent while it trades, and where the source does not tell. */
  readonly halt?: TradingHalt;
}

export const TIMEFRAMES = ["1m", "5m", "15m", "1h", "1d"] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

/** Milliseconds of one bar. */
export const TIMEFRAME_MS = {
  "1m": 60_000,
  "5m": 300_000,
  "15m": 900_000,
  "1h": 3_600_000,
  "1d": 86_400_000,
} as const satisfies Record<Timeframe, number>;

export interface Bar {
  /** Start of the bar, epoch milliseconds; a daily bar starts at midnight New York. */
  readonly openedAt: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Shares. */
  readonly volume: number;
}

export interface BarsRequest {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** At most this many, the newest. 1 to 5000. */
  readonly limit: number;
  /** Only bars that open before this, epoch milliseconds; the newest where absent. */
  readonly before?: number;
}

export interface Instrument {
  readonly symbol: string;
  readonly name: string;
  /** The listing exchange: "NYSE", "NASDAQ" or "ARCA". */
  readonly exchange: string;
  readonly kind: "stock" | "etf";
  readonly currency: "USD";
  /** Smallest price step at or above one dollar, as a decimal string ("0.01"); below a dollar it is 0.0001 (SEC Rule 612). */
  readonly tickSize: string;
  /** Smallest quantity step as a decimal string ("1"). */
  readonly lotSize: string;
  readonly shortable: boolean;
  /** Market and limit day orders trade in parts of a share, down to 1e-9. @default false */
  readonly fractionable?: boolean;
  /** Its parts of a share trade in extended hours too. Absent where the broker has no such limit. */
  readonly fractionableInExtendedHours?: boolean;
  /** Trades overnight too, or would if it were not halted for this night. Absent where it does not, or nobody tells. */
  readonly overnight?: "tradable" | "halted";
}

/** `overnight` is between `closed` or `post` and `pre`, and only where the broker trades through the night. */
export const MARKET_SESSIONS = ["overnight", "pre", "regular", "post", "closed"] as const;
export type MarketSession = (typeof MARKET_SESSIONS)[number];

/** All instants in epoch milliseconds. */
export interface MarketHours {
  /** "NYSE" or "NASDAQ". */
  readonly market: string;
  /** The instant that the answer is for, on the market's clock. */
  readonly at: number;
  /** Regular session or, on a feed that ticks at all hours, always. */
  readonly isOpen: boolean;
  readonly session: MarketSession;
  /** The feed ticks at all hours; the session is what the real market would be in. */
  readonly alwaysOpen: boolean;
  readonly nextOpenAt: number | null;
  readonly nextCloseAt: number | null;
  /** Today's session closes early. */
  readonly earlyClose: boolean;
}
