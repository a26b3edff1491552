import type { Scenario } from "./Scenario.ts";

const QUARTER_SECOND = { latency: { inMs: 250, outMs: 0, jitterMs: 0 } } as const;
const TWO_SECONDS = { latency: { inMs: 2_000, outMs: 0, jitterMs: 0 } } as const;

/** Requests take time, and the market does not wait. */
export const latencyScenarios: readonly Scenario[] = [
  {
    title: "[PX100] an order meets the market that stands when it arrives, not the one it was given on",
    profile: TWO_SECONDS,
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 market
      => a accepted arrives 2000
      ? why a PX100 It reaches the market in 2000 ms.
      quote 100.08x300 100.12x200
      quote 100.18x300 100.22x200
      => a arrived
      => a filled 100 @ 100.12 PX30`,
    balances: { cash: "89988" },
  },
  {
    title: "[PX100] an order arrives at its own instant, however late the next call comes",
    profile: QUARTER_SECOND,
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 market
      => a accepted arrives 250
      after 249
      after 1
      => a arrived
      => a filled 100 @ 100.02 PX30`,
  },
  {
    title: "[PX101] an order fills while its cancel is on its way",
    profile: TWO_SECONDS,
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.00
      => a accepted arrives 2000
      after 2000
      => a arrived
      cancel a
      => a cancel_requested arrives 2000
      quote 98.48x300 98.50x60
      => a filled 60 @ 98.5 PX30
      after 1000
      => a canceled PX50
      cancel a
      => a cancel_rejected ORDER_CLOSED PX51`,
    balances: { cash: "94090" },
  },
  {
    title: "[PX101] a replacement that the fills outran is refused when it arrives",
    profile: TWO_SECONDS,
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.00
      => a accepted arrives 2000
      after 2000
      => a arrived
      replace a quantity=60
      => a replace_requested arrives 2000
      quote 98.48x300 98.50x70
      => a filled 70 @ 98.5 PX30
      after 1000
      => a replace_rejected INVALID_ORDER PX52
      ? status a partially_filled`,
  },
  {
    title: "[PX101] a replacement takes effect when it arrives, and may fill then",
    profile: QUARTER_SECOND,
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.00
      => a accepted arrives 250
      after 250
      => a arrived
      replace a price=100.02
      => a replace_requested arrives 250
      after 250
      => a replaced anew
      => a filled 100 @ 100.02 PX30`,
  },
  {
    title: "[PX101] a cancel that was sent after its order arrives after it",
    profile: QUARTER_SECOND,
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.00
      => a accepted arrives 250
      after 100
      cancel a
      => a cancel_requested arrives 250
      after 150
      => a arrived
      after 100
      => a canceled PX50`,
  },
  {
    title: "[PX33] what cannot wait meets the quote of its arrival",
    profile: TWO_SECONDS,
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 100.02 ioc
      => a accepted arrives 2000
      quote 100.08x300 100.12x200
      after 1000
      => a arrived
      => a canceled PX33`,
  },
  {
    title: "[PX100] an order that arrives after the close waits as one that was given then",
    profile: QUARTER_SECOND,
    script: `
      at 15:59
      quote 99.98x300 100.02x200
      after 58900
      a: buy 100 limit 101.00 gtc
      => a accepted arrives 250
      at 16:01
      => a arrived
      ? why a PX40 The market is closed to this order`,
  },
  {
    title: "[PX111] exits that their entry's fill activates are at the market already",
    profile: QUARTER_SECOND,
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 100.02 bracket profit=101 stop=99
      => a accepted arrives 250
      => a.profit accepted held
      => a.stop accepted held
      after 250
      => a arrived
      => a filled 100 @ 100.02 PX30
      => a.profit activated PX111
      => a.stop activated PX111`,
  },
];
