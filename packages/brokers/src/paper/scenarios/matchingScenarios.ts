import type { Scenario } from "./Scenario.ts";

export const matchingScenarios: readonly Scenario[] = [
  {
    title: "[PX30] a market buy takes the ask",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100.02 PX30
      ? position 100 @ 100.02
      ? status a filled`,
    // 100000 − 100 × 100.02; the mark is the middle, 100.00.
    balances: { cash: "89998", equity: "99998", unrealizedPnl: "-2", dayPnl: "-2" },
  },
  {
    title: "[PX30] a market sale takes the bid and pays the SEC fee and the TAF",
    script: `
      quote 99.98x300 100.02x200
      a: sell 100 market
      => a accepted
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02`,
    // 9998 × 20.60 / 1e6 = 0.2059588 and 100 × 0.000195 = 0.0195, each up to the cent.
    balances: { cash: "109997.77", equity: "99997.77", fees: "0.23", shortMarketValue: "-10000" },
  },
  {
    title: "[PX30] a limit that the market already meets gets the quote, not its limit",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 100.10
      => a accepted
      => a filled 100 @ 100.02 PX30`,
  },
  {
    title: "[PX30] a limit away from the market rests until the far side comes to it",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 100.00
      => a accepted
      ? why a PX30 The ask 100.02 is above your limit 100.00.
      quote 99.97x300 100.01x200
      quote 99.96x300 100.00x200
      => a filled 100 @ 100 PX30`,
  },
  {
    title: "[PX30] a resting limit is filled at the quote that went beyond it",
    script: `
      quote 99.98x300 100.02x200
      a: sell 100 limit 100.05
      => a accepted
      ? why a PX30 The bid 99.98 is below your limit 100.05.
      quote 100.07x300 100.09x200
      => a filled 100 @ 100.07 PX30 sec 0.21 taf 0.02`,
  },
  {
    title: "[PX32] a market order larger than the displayed size takes it and waits for the next quote",
    script: `
      quote 99.98x300 100.02x200
      a: buy 300 market
      => a accepted
      => a filled 200 @ 100.02 PX30
      ? status a partially_filled
      ? why a PX32 The ask 100.02 has 0 left of 200 shown; 100 wait for the next quote.
      quote 99.99x300 100.03x500
      => a filled 100 @ 100.03 PX30`,
    // 200 × 100.02 + 100 × 100.03 = 30007
    balances: { cash: "69993", reserved: "0" },
  },
  {
    title: "[PX21] what our fills took is gone until the next quote",
    script: `
      quote 99.98x300 100.02x200
      a: buy 150 market
      => a accepted
      => a filled 150 @ 100.02 PX30
      b: buy 100 limit 100.02
      => b accepted
      => b filled 50 @ 100.02 PX30
      c: buy 100 limit 100.02
      => c accepted
      quote 99.98x300 100.02x200
      => b filled 50 @ 100.02 PX30
      => c filled 100 @ 100.02 PX30`,
  },
  {
    title: "[PX21] a print over an unchanged quote brings no size back",
    script: `
      quote 99.98x300 100.02x200
      a: buy 300 market
      => a accepted
      => a filled 200 @ 100.02 PX30
      print 100.02x900
      quote 99.98x300 100.02x50
      => a filled 50 @ 100.02 PX30`,
  },
  {
    title: "[PX21] the participation rate bounds our part of the displayed size, in whole lots",
    profile: { participationRate: "0.5" },
    script: `
      quote 99.98x300 100.02x101
      a: buy 200 market
      => a accepted
      => a filled 50 @ 100.02 PX30
      quote 99.98x300 100.02x300
      => a filled 150 @ 100.02 PX30`,
  },
  {
    title: "[PX21] a price without a size counts as one round lot",
    script: `
      quote 99.98 100.02
      a: buy 250 market
      => a accepted
      => a filled 100 @ 100.02 PX30
      quote 99.98 100.02
      => a filled 100 @ 100.02 PX30`,
  },
  {
    title: "[PX31] the better price goes first",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 100.00
      => a accepted
      b: buy 100 limit 100.01
      => b accepted
      quote 99.95x300 99.99x150
      => b filled 100 @ 99.99 PX30
      => a filled 50 @ 99.99 PX30`,
  },
  {
    title: "[PX31] at one price the earlier order goes first",
    script: `
      quote 99.98x300 100.02x200
      a: sell 100 limit 100.05
      => a accepted
      b: sell 100 limit 100.05
      => b accepted
      quote 100.05x120 100.08x200
      => a filled 100 @ 100.05 PX30 sec 0.21 taf 0.02
      => b filled 20 @ 100.05 PX30 sec 0.05 taf 0.01`,
  },
  {
    title: "[PX31] a market order that waits goes before every limit",
    script: `
      quote 99.98x300 100.02x100
      a: buy 100 limit 100.01
      => a accepted
      b: buy 200 market
      => b accepted
      => b filled 100 @ 100.02 PX30
      quote 99.95x300 100.00x150
      => b filled 100 @ 100 PX30
      => a filled 50 @ 100 PX30`,
  },
  {
    title: "[PX33] immediate-or-cancel takes what is shown and gives up the rest",
    script: `
      quote 99.98x300 100.02x200
      a: buy 300 limit 100.05 ioc
      => a accepted
      => a filled 200 @ 100.02 PX30
      => a canceled PX33
      ? status a canceled
      ? why a PX80 Only 200 could be filled at the ask 100.02; 100 canceled.
      quote 99.98x300 100.02x200`,
    balances: { cash: "79996", reserved: "0" },
  },
  {
    title: "[PX33] immediate-or-cancel away from the market is canceled with the numbers",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 100.00 ioc
      => a accepted
      => a canceled PX33
      ? why a PX80 The ask 100.02 is above your limit 100.00; 100 canceled.`,
  },
  {
    title: "[PX33] an immediate market order takes what is shown",
    script: `
      quote 99.98x300 100.02x200
      a: sell 400 market ioc
      => a accepted
      => a filled 300 @ 99.98 PX30 sec 0.62 taf 0.06
      => a canceled PX33`,
  },
  {
    title: "[PX34] fill-or-kill takes nothing where not all can be filled",
    script: `
      quote 99.98x300 100.02x200
      a: buy 201 limit 100.05 fok
      => a accepted
      => a canceled PX34
      ? why a PX80 Only 200 of 201 could be filled at the ask 100.02, so none was.
      ? flat`,
    balances: { cash: "100000" },
  },
  {
    title: "[PX34] fill-or-kill takes all where all is shown",
    script: `
      quote 99.98x300 100.02x200
      a: buy 200 market fok
      => a accepted
      => a filled 200 @ 100.02 PX30`,
  },
  {
    title:
      "[PX35] where the ask is not quoted, a print at the limit fills nothing and one through it fills at the limit",
    profile: { queueModel: "none" },
    script: `
      quote 99.98x300 -
      a: buy 100 limit 100.00
      => a accepted
      print 100.00x500
      print 99.99x60
      => a filled 60 @ 100 PX35
      print 99.97x500
      => a filled 40 @ 100 PX35`,
    balances: { cash: "90000" },
  },
  {
    title: "[PX35] where nothing is quoted, a market order waits for prints and takes their price and size",
    script: `
      print 100.00x50
      a: buy 80 market
      => a accepted
      ? why a PX22 There is no fresh ask to trade 80 against.
      print 100.01x50
      => a filled 50 @ 100.01 PX35
      print 100.02x50
      => a filled 30 @ 100.02 PX35`,
    // 50 × 100.01 + 30 × 100.02 = 8001.10
    balances: { cash: "91998.9" },
  },
  {
    title: "[PX35] one print is shared by all orders that it fills",
    script: `
      print 100.00x50
      a: buy 40 limit 99.95
      => a accepted
      b: buy 40 limit 99.96
      => b accepted
      print 99.90x50
      => b filled 40 @ 99.96 PX35
      => a filled 10 @ 99.95 PX35`,
  },
  {
    title: "[PX35] where the ask is quoted, a print through the limit fills nothing without a queue model",
    profile: { queueModel: "none" },
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 100.00
      => a accepted
      print 99.99x500`,
  },
  {
    title: "[PX20] a crossed quote is no quote",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 100.00
      => a accepted
      quote 100.05x300 99.95x200
      ? why a PX22 There is no fresh ask
      quote 99.95x300 99.99x200
      => a filled 100 @ 99.99 PX30`,
  },
  {
    title: "[PX20] a locked quote is one",
    script: `
      quote 100.00x300 100.00x200
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30`,
  },
  {
    title: "[PX20] a side of size zero is not quoted",
    script: `
      quote 99.98x300 100.02x0
      a: buy 100 limit 100.10
      => a accepted
      quote 99.98x300 100.02x100
      => a filled 100 @ 100.02 PX30`,
  },
  {
    title: "[PX22] a quote that is too old is not traded against",
    script: `
      quote 99.98x300 100.02x200
      at 10:04
      a: buy 10 market
      => a accepted
      => a filled 10 @ 100.02 PX30
      at 10:06
      b: buy 10 market
      => b rejected NO_MARKET_DATA PX15
      c: buy 10 limit 100.02
      => c accepted
      quote 99.98x300 100.02x200
      => c filled 10 @ 100.02 PX30`,
  },
  {
    title: "[PX39] our own orders meet the market, never each other",
    script: `
      quote 99.98x300 100.04x200
      a: buy 100 limit 100.02
      => a accepted
      b: sell 100 limit 100.00
      => b accepted`,
  },
];
