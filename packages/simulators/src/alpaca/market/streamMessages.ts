import type { Nanos } from "../wire/instant.ts";

/** A print, as the vendor's stream and its REST answers name the fields. */
export interface WireTrade {
  readonly i: number;
  readonly x: string;
  readonly p: number;
  readonly s: number;
  readonly t: Nanos;
  readonly c: readonly string[];
  readonly z: string;
}

/** A quote; a price of 0 is a side that nobody quotes. Sizes are shares. */
export interface WireQuote {
  readonly bx: string;
  readonly bp: number;
  readonly bs: number;
  readonly ax: string;
  readonly ap: number;
  readonly as: number;
  readonly c: readonly string[];
  readonly z: string;
  readonly t: Nanos;
}

/** A bar; `t` is where it begins. */
export interface WireBar {
  readonly o: number;
  readonly h: number;
  readonly l: number;
  readonly c: number;
  readonly v: number;
  readonly n: number;
  readonly vw: number;
  readonly t: Nanos;
}

interface WireStatus {
  readonly sc: string;
  readonly sm: string;
  readonly rc: string;
  readonly rm: string;
  readonly t: Nanos;
  readonly z: string;
}

interface WireLuld {
  readonly u: number;
  readonly d: number;
  readonly i: string;
  readonly t: Nanos;
  readonly z: string;
}

interface WireCorrection {
  readonly x: string;
  readonly oi: number;
  readonly op: number;
  readonly os: number;
  readonly oc: readonly string[];
  readonly ci: number;
  readonly cp: number;
  readonly cs: number;
  readonly cc: readonly string[];
  readonly t: Nanos;
  readonly z: string;
}

interface WireCancelError {
  readonly i: number;
  readonly x: string;
  readonly p: number;
  readonly s: number;
  readonly a: string;
  readonly t: Nanos;
  readonly z: string;
}

/** What the market-data stream sends about one symbol, by the letter that the vendor puts first. */
export type StreamMessage = { readonly S: string } & (
  | ({ readonly T: "t" } & WireTrade)
  | ({ readonly T: "q" } & WireQuote)
  | ({ readonly T: "b" | "u" | "d" } & WireBar)
  | ({ readonly T: "s" } & WireStatus)
  | ({ readonly T: "l" } & WireLuld)
  | ({ readonly T: "c" } & WireCorrection)
  | ({ readonly T: "x" } & WireCancelError)
);

/** What may be subscribed to; corrections and cancel errors come with trades. */
export const CHANNELS = ["trades", "quotes", "bars", "updatedBars", "dailyBars", "statuses", "lulds"] as const;
export type Channel = (typeof CHANNELS)[number];

/** The channel that carries each kind of message. */
export const CHANNEL_OF = {
  t: "trades",
  q: "quotes",
  b: "bars",
  u: "updatedBars",
  d: "dailyBars",
  s: "statuses",
  l: "lulds",
  c: "trades",
  x: "trades",
} as const satisfies Record<StreamMessage["T"], Channel>;
