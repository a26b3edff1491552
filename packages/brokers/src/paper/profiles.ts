import { DEFAULT_PAPER_PROFILE, type PaperProfile } from "./profile.ts";

/** Reg-T margin, displayed sizes, a place in the queue: the default. */
export const REALISTIC_PROFILE: PaperProfile = { ...DEFAULT_PAPER_PROFILE, name: "realistic" };

/**
 * Alpaca's paper trading as documented: orders fill when they are marketable, whatever size is quoted; one in ten is cut to
 * a random part; no queue and no fees. Source: https://docs.alpaca.markets/docs/paper-trading
 */
export const ALPACA_LIKE_PROFILE: PaperProfile = {
  ...DEFAULT_PAPER_PROFILE,
  name: "alpaca-like",
  sizeModel: "unlimited",
  queueModel: "none",
  partialFillPercent: 10,
  regulatoryFees: false,
};

/** What a cautious trader reckons with: a quarter of the size, a quarter of a second on the way, fills only through the price. */
export const PESSIMISTIC_PROFILE: PaperProfile = {
  ...DEFAULT_PAPER_PROFILE,
  name: "pessimistic",
  participationRate: "0.25",
  queueModel: "through",
  latency: { inMs: 250, outMs: 250, jitterMs: 250 },
};

export const PAPER_PROFILES = {
  realistic: REALISTIC_PROFILE,
  "alpaca-like": ALPACA_LIKE_PROFILE,
  pessimistic: PESSIMISTIC_PROFILE,
} as const satisfies Record<string, PaperProfile>;
