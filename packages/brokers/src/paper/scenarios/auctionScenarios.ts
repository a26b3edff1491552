import type { Scenario } from "./Scenario.ts";

/**
 * Openings and closings. The exchange opens at 09:30 and closes at 16:00; SPY is listed on NYSE, NASD on Nasdaq.
 * Cutoffs: https://www.nyse.com/publicdocs/nyse/markets/nyse/NYSE_Opening_and_Closing_Auctions_Fact_Sheet.pdf and
 * https://listingcenter.nasdaq.com/rulebook/nasdaq/rules/nasdaq-equity-4
 */
export const auctionScenarios: readonly Scenario[] = [
  {
    title: "[PX92] a market order for the opening trades at the first print of the session",
    script: `
      quote 99.98x300 100.02x200
      at 17:00
      a: buy 100 market opg
      => a accepted
      ? why a PX92 It waits for the opening in 16 h 30 min.
      at +1 09:30
      => day 100000
      quote 100.50x300 100.54x200
      ? why a PX92 It waits for the first print of the session.
      print 100.60x5000
      => a filled 100 @ 100.6 PX92
      ? why a PX80 All 100 were filled.`,
    balances: { cash: "89940" },
  },
  {
    title: "[PX92] a limit order for the opening trades at the opening price, not at its limit",
    script: `
      at 17:00
      a: buy 100 limit 101.00 opg
      => a accepted
      at +1 09:30
      => day 100000
      print 100.60x5000
      => a filled 100 @ 100.6 PX92`,
    balances: { cash: "89940" },
  },
  {
    title: "[PX92] a limit that the opening price does not reach ends with the opening",
    script: `
      at 17:00
      a: buy 100 limit 100.00 opg
      => a accepted
      at +1 09:30
      => day 100000
      print 100.60x5000
      => a expired PX92
      ? why a PX80 The opening price 100.60 is above your limit 100.00; 100 not filled.`,
    balances: { cash: "100000", reserved: "0" },
  },
  {
    title: "[PX94] the opening has no more shares than were printed: market orders first, then the better limit",
    script: `
      quote 99.98x300 100.02x200
      at 17:00
      a: buy 100 limit 100.70 opg
      => a accepted
      b: buy 100 limit 100.80 opg
      => b accepted
      c: buy 100 market opg
      => c accepted
      at +1 09:30
      => day 100000
      print 100.60x150
      => c filled 100 @ 100.6 PX92
      => b filled 50 @ 100.6 PX92
      => b expired PX92
      => a expired PX92
      ? why a PX80 The opening at 100.60 had no more than 150 shares; 100 not filled.`,
    balances: { cash: "84910" },
  },
  {
    title: "[PX92] an order for the opening that is given in the session waits for the next one",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 market opg
      => a accepted
      print 100.00x500
      at +1 09:30
      => day 100000
      print 101.00x500
      => a filled 100 @ 101 PX92`,
  },
  {
    title: "[PX92] a session without a print has no opening",
    script: `
      at 17:00
      a: buy 100 limit 101.00 opg
      => a accepted
      at +1 09:30
      => day 100000
      quote 100.50x300 100.54x200
      at 16:00
      => a expired PX92
      ? why a PX80 The session had no opening; 100 not filled.`,
  },
  {
    title: "[PX91] Nasdaq takes orders for the opening until two minutes before it",
    script: `
      at +1 09:28
      => day 100000
      a: buy 100 limit 101.00 opg NASD
      => a accepted
      at 09:29
      b: buy 100 limit 101.00 opg NASD
      => b rejected MARKET_CLOSED PX91
      c: buy 100 limit 101.00 opg
      => c accepted`,
  },
  {
    title: "[PX93] a market order for the closing trades at the last print of the session, at the close itself",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 market cls
      => a accepted
      ? why a PX93 It waits for the closing in 5 h 59 min.
      print 100.10x500
      at 15:59
      print 100.20x300
      at 16:05
      => a filled 100 @ 100.2 PX93`,
    balances: { cash: "89980" },
  },
  {
    title: "[PX93] a limit order for the closing that the closing price does not reach ends with it",
    script: `
      a: sell 100 limit 100.30 cls
      => a accepted
      b: sell 100 limit 100.20 cls
      => b accepted
      print 100.20x300
      at 16:00
      => b filled 100 @ 100.2 PX93 sec 0.21 taf 0.02
      => a expired PX93
      ? why a PX80 The closing price 100.20 is below your limit 100.30; 100 not filled.`,
    // 10020 × 20.60 / 1000000 = 0.2064 → 0.21.
    balances: { cash: "110019.77" },
  },
  {
    title: "[PX94] the closing has no more shares than its print times the participation rate",
    profile: { participationRate: "0.5" },
    script: `
      a: buy 100 limit 101 cls
      => a accepted
      print 100.20x120
      at 16:00
      => a filled 60 @ 100.2 PX93
      => a expired PX93`,
    balances: { cash: "93988" },
  },
  {
    title: "[PX93] a session without a print has no closing price",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 market cls
      => a accepted
      at 16:00
      => a expired PX93
      ? why a PX80 The session had no closing price; 100 not filled.`,
  },
  {
    title: "[PX91] NYSE takes orders for the closing until ten minutes before it",
    script: `
      at 15:50
      a: buy 100 limit 101.00 cls
      => a accepted
      at 15:51
      b: buy 100 limit 101.00 cls
      => b rejected MARKET_CLOSED PX91
      at 16:01
      => a expired PX93
      c: buy 100 limit 101.00 cls
      => c accepted
      ? why c PX93 It waits for the closing in 23 h 59 min.`,
  },
  {
    title: "[PX91] Nasdaq takes market orders for the closing until 15:55 and limit orders until 15:58",
    script: `
      print 100.00x100 NASD
      quote 99.98x300 100.02x200 NASD
      at 15:55
      a: buy 10 market cls NASD
      => a accepted
      at 15:56
      b: buy 10 market cls NASD
      => b rejected MARKET_CLOSED PX91
      c: buy 10 limit 101.00 cls NASD
      => c accepted
      at 15:59
      d: buy 10 limit 101.00 cls NASD
      => d rejected MARKET_CLOSED PX91
      at 16:00
      => a filled 10 @ 100 PX93
      => c filled 10 @ 100 PX93
      ? position 20 @ 100 NASD`,
  },
  {
    title: "[PX93] a jump over the close still closes at the close, before day orders end",
    script: `
      a: buy 100 limit 101.00 cls
      => a accepted
      b: buy 100 limit 90.00 day
      => b accepted
      print 100.00x500
      at +1 10:00
      => a filled 100 @ 100 PX93
      => b expired PX41
      => day 100000`,
  },
  {
    title: "[PX95] an official opening price opens at once",
    script: `
      at 17:00
      a: buy 100 market opg
      => a rejected NO_MARKET_DATA PX15
      b: buy 100 limit 101.00 opg
      => b accepted
      at +1 09:30
      => day 100000
      official open 100.55x9000
      => b filled 100 @ 100.55 PX92
      print 100.60x500`,
    balances: { cash: "89945" },
  },
  {
    title: "[PX95] where only official prices close, an order waits for them after the close",
    profile: { auctionPrices: "official" },
    script: `
      a: buy 100 limit 101.00 cls
      => a accepted
      print 100.10x500
      at 16:00
      at 16:02
      official close 100.33x90000
      => a filled 100 @ 100.33 PX93`,
    balances: { cash: "89967" },
  },
  {
    title: "[PX95] an official closing price that does not come in ten minutes leaves the order unfilled",
    profile: { auctionPrices: "official" },
    script: `
      a: buy 100 limit 101.00 cls
      => a accepted
      print 100.10x500
      at 16:09
      at 16:10
      => a expired PX93`,
  },
  {
    title: "[PX52] an order for an auction stays one, and can be canceled before it",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 101.00 cls
      => a accepted
      replace a tif=day
      => a replace_rejected INVALID_ORDER PX52
      replace a price=100.50
      => a replaced anew
      b: buy 100 limit 99.00 day
      => b accepted
      replace b tif=cls
      => b replace_rejected INVALID_ORDER PX52
      cancel a
      => a canceled PX50`,
  },
];
