import type { Scenario } from "./Scenario.ts";

export const sessionScenarios: readonly Scenario[] = [
  {
    title: "[PX14] a market order while the market is closed is refused, with the time to the open",
    script: `
      at 21:00
      => day 100000
      quote 99.98x300 100.02x200
      a: buy 100 market
      => a rejected MARKET_CLOSED PX14
      ? status a rejected
      ? why a PX80 It opens in 12 h 29 min.
      b: buy 100 limit 100.05 ioc
      => b rejected MARKET_CLOSED PX14
      c: buy 100 limit 100.05 fok
      => c rejected MARKET_CLOSED PX14`,
  },
  {
    title: "[PX14] an immediate limit order for extended hours trades before the open",
    script: `
      at +1 08:00
      => day 100000
      quote 99.98x300 100.02x200
      a: buy 100 limit 100.05 ioc ext
      => a accepted
      => a filled 100 @ 100.02 PX30
      b: buy 100 market
      => b rejected MARKET_CLOSED PX14`,
  },
  {
    title: "[PX40] an order of the regular session waits through the hours before it; one for extended hours trades",
    script: `
      at +1 08:00
      => day 100000
      a: buy 100 limit 100.05
      => a accepted
      ? why a PX40 it opens in 1 h 30 min.
      b: buy 100 limit 100.05 ext
      => b accepted
      quote 99.98x300 100.02x300
      => b filled 100 @ 100.02 PX30
      at 09:30
      quote 100.00x300 100.04x300
      => a filled 100 @ 100.04 PX30`,
  },
  {
    title: "[PX22] a quote from before the open does not count after it",
    script: `
      at +1 09:29
      => day 100000
      quote 99.98x300 100.02x300
      at 09:30
      a: buy 100 market
      => a rejected NO_MARKET_DATA PX15
      b: buy 100 limit 100.05
      => b accepted
      ? why b PX22 There is no fresh ask
      quote 99.98x300 100.02x300
      => b filled 100 @ 100.02 PX30`,
  },
  {
    title: "[PX41] a day order expires when the market day ends; [PX42] good-till-canceled stays",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.00
      => a accepted
      b: buy 100 limit 99.00 gtc
      => b accepted
      at 19:59
      at 20:00
      => a expired PX41
      => day 100000
      ? status a expired
      ? status b submitted
      at +1 10:00
      quote 98.90x300 99.00x200
      => b filled 100 @ 99 PX30`,
  },
  {
    title: "[PX41] a day order given after the close is for the next day",
    script: `
      at 17:00
      a: buy 100 limit 99.00
      => a accepted
      b: buy 100 limit 99.00 ext
      => b accepted
      at 20:00
      => b expired PX41
      => day 100000
      at +1 10:00
      quote 98.90x300 99.00x60
      => a filled 60 @ 99 PX30
      at 20:00
      => a expired PX41
      => day 99997
      ? status a expired`,
    // 60 × (98.95 − 99.00) = −3 at the middle of the quote.
    balances: { dayPnl: "0", reserved: "0" },
  },
  {
    title: "[PX41] what was filled of an order that expires stays",
    script: `
      quote 99.98x300 100.02x60
      a: buy 100 limit 100.02
      => a accepted
      => a filled 60 @ 100.02 PX30
      at 20:00
      => a expired PX41
      => day 99998.8
      ? position 60 @ 100.02
      ? why a PX80 The market day ended with 40 not filled.`,
  },
  {
    title: "[PX73] the day's P&L counts from the equity with which the day began",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100.02 PX30
      quote 101.00x300 101.04x200
      at 20:00
      => day 100100
      at +1 10:00
      quote 101.50x300 101.54x200`,
    balances: { equity: "100150", dayPnl: "50", unrealizedPnl: "150" },
  },
  {
    title: "[PX43] days that nobody asked about pass in one step",
    script: `
      a: buy 100 limit 99.00
      => a accepted
      at +9 10:00
      => a expired PX41
      => day 100000
      at 10:01`,
  },
];
