import type { Scenario } from "./Scenario.ts";

export const stopScenarios: readonly Scenario[] = [
  {
    title: "[PX36] a buy stop is set off by a print at its price and takes the ask",
    script: `
      quote 99.98x300 100.02x200
      print 100.00x100
      a: buy 100 stop 100.50
      => a accepted
      ? why a PX36 The last print 100.00 is below your stop 100.50.
      print 100.49x100
      quote 100.48x300 100.52x200
      print 100.50x100
      => a triggered PX36
      => a filled 100 @ 100.52 PX30`,
    balances: { cash: "89948" },
  },
  {
    title: "[PX36] a sell stop is set off by a print through its price and takes the bid",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100.02 PX30
      print 100.00x100
      b: sell 100 stop 99.50 gtc
      => b accepted
      ? why b PX36 The last print 100.00 is above your stop 99.50.
      quote 99.38x300 99.44x200
      print 99.40x100
      => b triggered PX36
      => b filled 100 @ 99.38 PX30 sec 0.21 taf 0.02
      ? flat`,
    // Lost 100 × (100.02 − 99.38) = 64 and 0.23 of fees.
    balances: { cash: "99935.77", realizedPnl: "-64", fees: "0.23" },
  },
  {
    title: "[PX36] where prints are known, a quote sets no stop off",
    script: `
      quote 99.98x300 100.02x200
      print 100.00x100
      a: buy 100 stop 100.50
      => a accepted
      quote 100.60x300 100.70x200`,
  },
  {
    title: "[PX37] where no print was ever seen, the far side of the quote sets stops off",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 stop 100.50
      => a accepted
      ? why a PX37 The ask 100.02 is below your stop 100.50.
      quote 100.40x300 100.49x200
      quote 100.48x300 100.50x200
      => a triggered PX37
      => a filled 100 @ 100.5 PX30`,
  },
  {
    title: "[PX38] a stop-limit rests at its limit once it is set off",
    script: `
      quote 99.98x300 100.02x200
      print 100.00x100
      a: buy 100 stop_limit 100.50 100.55
      => a accepted
      quote 100.58x300 100.62x200
      print 100.60x100
      => a triggered PX36
      ? why a PX30 The ask 100.62 is above your limit 100.55.
      quote 100.50x300 100.54x60
      => a filled 60 @ 100.54 PX30
      quote 100.50x300 100.55x60
      => a filled 40 @ 100.55 PX30`,
  },
  {
    title: "[PX36] a stop that the last print has reached already is set off as it arrives",
    script: `
      quote 100.58x300 100.62x200
      print 100.60x100
      a: buy 100 stop 100.50
      => a accepted
      => a triggered PX36
      => a filled 100 @ 100.62 PX30`,
  },
  {
    title: "[PX36] the stop that is reached first goes first; what is triggered queues with the rest",
    script: `
      quote 99.98x300 100.02x200
      print 100.00x100
      a: sell 100 stop 99.40
      => a accepted
      b: sell 100 stop 99.50
      => b accepted
      quote 99.30x150 99.34x200
      print 99.35x100
      => b triggered PX36
      => a triggered PX36
      => a filled 100 @ 99.3 PX30 sec 0.21 taf 0.02
      => b filled 50 @ 99.3 PX30 sec 0.11 taf 0.01`,
  },
  {
    title: "[PX36] outside the regular session no stop is set off",
    script: `
      print 100.00x100
      a: sell 100 stop 99.50 gtc
      => a accepted
      at 16:30
      quote 98.98x300 99.02x200
      print 99.00x100
      ? why a PX40 it opens in 16 h 59 min.
      at +1 09:30
      => day 100000
      quote 98.98x300 99.02x200
      print 99.01x100
      => a triggered PX36
      => a filled 100 @ 98.98 PX30 sec 0.21 taf 0.02`,
  },
];
