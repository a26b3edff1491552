import type { Scenario } from "./Scenario.ts";

/** Orders: FINRA Rule 5330, https://www.finra.org/rules-guidance/rulebooks/finra-rules/5330. */
export const splitScenarios: readonly Scenario[] = [
  {
    title: "[PX231] ten for one: ten times the shares at a tenth of the price, and equity as before",
    script: `
      quote 999.98x300 1000.00x10
      a: buy 10 market
      => a accepted
      => a filled 10 @ 1000 PX30
      action split 10:1
      => split 10:1 10 to 100
      ? position 100 @ 100`,
    // The mark 999.99 becomes 99.999.
    balances: { equity: "99999.9", longMarketValue: "9999.9", unrealizedPnl: "-0.1", realizedPnl: "0", cash: "90000" },
  },
  {
    title: "[PX231] three for two: the half share is paid out and realised",
    script: `
      quote 99.98x300 100.00x15
      a: buy 15 market
      => a accepted
      => a filled 15 @ 100 PX30
      action split 3:2 cash 66.67
      => split 3:2 15 to 22 cash 33.34
      ? position 22 @ 66.666666667`,
    // 0.5 × 66.67 = 33.335, up; of the cost of 1500 the half share has 1500 × 0.5 ÷ 22.5 = 33.333333333.
    balances: { cash: "98533.34", realizedPnl: "0.006666667" },
  },
  {
    title: "[PX231] one for ten: half a new share is paid out",
    script: `
      quote 99.98x300 100.00x105
      a: buy 105 market
      => a accepted
      => a filled 105 @ 100 PX30
      action split 1:10 cash 1000
      => split 1:10 105 to 10 cash 500
      ? position 10 @ 1000`,
    balances: { cash: "90000", realizedPnl: "0" },
  },
  {
    title: "[PX231] a short pays for the fraction that it owes",
    script: `
      quote 100.00x105 100.02x300
      a: sell 105 market
      => a accepted
      => a filled 105 @ 100 PX30 sec 0.22 taf 0.03
      action split 1:10 cash 1010
      => split 1:10 -105 to -10 cash -505
      ? position -10 @ 1000`,
    // Sold for 10500 of which half a share is 500: bought back for 505.
    balances: { cash: "109994.75", realizedPnl: "-5", fees: "0.25" },
  },
  {
    title: "[PX231] a reverse split can leave nothing but money",
    script: `
      quote 9.98x300 10.00x5
      a: buy 5 market
      => a accepted
      => a filled 5 @ 10 PX30
      action split 1:10 cash 99.00
      => split 1:10 5 to 0 cash 49.5
      ? flat`,
    balances: { cash: "99999.5", realizedPnl: "-0.5", equity: "99999.5", unrealizedPnl: "0" },
  },
  {
    title: "[PX231] what trades in thousandths keeps its fraction",
    script: `
      quote 99.98x300 100.00x300 FRAC
      a: buy 1.5 market FRAC
      => a accepted
      => a filled 1.5 @ 100 PX30
      action split 3:2 FRAC
      => split 3:2 1.5 to 2.25
      ? position 2.25 @ 66.666666667 FRAC`,
    balances: { cash: "99850" },
  },
  {
    title: "[PX232] a split multiplies what remains and divides the prices of every open order",
    script: `
      quote 999.98x300 1000.00x300
      a: buy 10 limit 900.00 gtc
      => a accepted
      b: buy 10 stop 1100.00 gtc
      => b accepted
      c: sell 10 limit 1100.00 gtc
      => c accepted
      d: sell 10 stop_limit 900.00 890.00 gtc
      => d accepted
      action split 10:1
      => split 10:1 0 to 0
      => a adjusted 100 limit 90 PX232
      => b adjusted 100 stop 110 PX232
      => c adjusted 100 limit 110 PX232
      => d adjusted 100 stop 90 limit 89 PX232`,
    // Buys 9000 + 11000, sales 11000 + 9999.80: the last was reckoned at the bid of 999.98.
    balances: { reserved: "40999.8" },
  },
  {
    title: "[PX232] adjusted prices go to the tick that lies away from the market",
    script: `
      quote 999.98x300 1000.00x300
      a: buy 10 limit 900.05 gtc
      => a accepted
      b: buy 10 stop 1100.05 gtc
      => b accepted
      c: sell 10 limit 1100.05 gtc
      => c accepted
      d: sell 10 stop 900.05 gtc
      => d accepted
      action split 10:1
      => split 10:1 0 to 0
      => a adjusted 100 limit 90 PX232
      => b adjusted 100 stop 110.01 PX232
      => c adjusted 100 limit 110.01 PX232
      => d adjusted 100 stop 90 PX232`,
  },
  {
    title: "[PX232] below a dollar the tick is a hundredth of a cent",
    script: `
      quote 2.00x300 2.02x300
      a: buy 10 limit 1.99 gtc
      => a accepted
      action split 3:1
      => split 3:1 0 to 0
      => a adjusted 30 limit 0.6633 PX232`,
  },
  {
    title: "[PX232] what is left of a lot is cut off, as the rule says",
    script: `
      quote 99.98x300 100.02x300
      a: buy 15 limit 90.00 gtc
      => a accepted
      action split 3:2
      => split 3:2 0 to 0
      => a adjusted 22 limit 60 PX232`,
    balances: { reserved: "1320" },
  },
  {
    title: "[PX232] of an order that is partly filled only what remains is multiplied",
    script: `
      quote 99.98x300 100.00x10
      a: buy 30 limit 100.00 gtc
      => a accepted
      => a filled 10 @ 100 PX30
      action split 2:1
      => split 2:1 10 to 20
      => a adjusted 50 limit 50 PX232
      quote 49.98x300 50.00x300
      => a filled 40 @ 50 PX30
      ? status a filled
      ? position 60 @ 50`,
    balances: { cash: "97000" },
  },
  {
    title: "[PX232] an adjusted order keeps its place",
    script: `
      quote 99.98x300 100.02x10
      a: buy 10 limit 100.00 gtc
      => a accepted
      b: buy 10 limit 100.00 gtc
      => b accepted
      action split 2:1
      => split 2:1 0 to 0
      => a adjusted 20 limit 50 PX232
      => b adjusted 20 limit 50 PX232
      quote 49.98x300 50.00x30
      => a filled 20 @ 50 PX30
      => b filled 10 @ 50 PX30`,
  },
  {
    title: "[PX232] a protecting stop and a target fit the shares of after the split",
    script: `
      quote 999.98x300 1000.00x10
      a: buy 10 market
      => a accepted
      => a filled 10 @ 1000 PX30
      b: sell 10 limit 1100.00 gtc
      => b accepted
      action split 10:1
      => split 10:1 10 to 100
      => b adjusted 100 limit 110 PX232
      quote 110.00x300 110.02x10
      => b filled 100 @ 110 PX30 sec 0.23 taf 0.02
      ? flat`,
    // SEC 11000 × 20.6e-6 = 0.2266.
    balances: { cash: "100999.75", realizedPnl: "1000", reserved: "0" },
  },
  {
    title: "[PX232] a trailing stop follows the new share at its distance in dollars, divided",
    script: `
      print 100.00x100
      quote 100.00x300 100.00x300
      a: sell 10 stop trail=2.00 gtc
      => a accepted stop 98
      action split 2:1
      => split 2:1 0 to 0
      => a adjusted 20 stop 49 PX232
      quote 49.98x300 50.02x300
      print 49.99x100
      print 50.50x100
      => a trailed 49.5`,
  },
  {
    title: "[PX232] a trailing stop in percent keeps its percentage",
    script: `
      print 100.00x100
      quote 100.00x300 100.00x300
      a: buy 10 stop trail=2% gtc
      => a accepted stop 102
      action split 2:1
      => split 2:1 0 to 0
      => a adjusted 20 stop 51 PX232
      quote 48.98x300 49.02x300
      print 50.00x100
      print 49.00x100
      => a trailed 49.98`,
  },
  {
    title: "[PX232] both exits of a bracket fit the shares of after the split, and still cancel each other",
    script: `
      quote 99.98x300 100.00x10
      a: buy 10 limit 100.00 gtc bracket profit=110.00 stop=95.00
      => a accepted
      => a.profit accepted held
      => a.stop accepted held
      => a filled 10 @ 100 PX30
      => a.profit activated PX111
      => a.stop activated PX111
      action split 2:1
      => split 2:1 10 to 20
      => a.profit adjusted 20 limit 55 PX232
      => a.stop adjusted 20 stop 47.5 PX232
      quote 55.00x300 55.02x10
      => a.profit filled 20 @ 55 PX30 sec 0.03 taf 0.01
      => a.stop canceled PX113
      ? flat`,
    // SEC 1100 × 20.6e-6 = 0.02266.
    balances: { realizedPnl: "100", cash: "100099.96", reserved: "0" },
  },
  {
    title: "[PX232] a bracket whose entry waits is divided whole",
    script: `
      quote 99.98x300 100.02x10
      a: buy 10 limit 98.00 gtc bracket profit=110.00 stop=95.00
      => a accepted
      => a.profit accepted held
      => a.stop accepted held
      action split 2:1
      => split 2:1 0 to 0
      => a adjusted 20 limit 49 PX232
      => a.profit adjusted 20 limit 55 PX232
      => a.stop adjusted 20 stop 47.5 PX232`,
    balances: { reserved: "980" },
  },
  {
    title: "[PX233] a reverse split takes a whole bracket with it",
    script: `
      quote 9.98x300 10.02x10
      a: buy 10 limit 9.00 gtc bracket profit=11.00 stop=8.00
      => a accepted
      => a.profit accepted held
      => a.stop accepted held
      action split 1:10
      => split 1:10 0 to 0
      => a canceled PX233
      => a.profit canceled PX113
      => a.stop canceled PX113`,
    balances: { reserved: "0" },
  },
  {
    title: "[PX231] a fractionable share keeps its fraction to a billionth",
    script: `
      quote 99.98x300 100.00x300 PART
      a: buy 1.5 market PART
      => a accepted
      => a filled 1.5 @ 100 PX30
      action split 7:3 PART
      => split 7:3 1.5 to 3.5
      ? position 3.5 @ 42.857142857 PART`,
    balances: { cash: "99850" },
  },
  {
    title: "[PX232] a place in the queue was counted in shares of before: the next quote says who is ahead now",
    script: `
      quote 100.00x300 100.02x300
      a: buy 100 limit 100.00 gtc
      => a accepted
      action split 2:1
      => split 2:1 0 to 0
      => a adjusted 200 limit 50 PX232
      quote 50.00x400 50.02x300
      print 50.00x450
      => a filled 50 @ 50 PX105`,
  },
  {
    title: "[PX232] a change that is on its way when the shares are split is refused, not applied to the new ones",
    profile: { latency: { inMs: 250, outMs: 0, jitterMs: 0 } },
    script: `
      quote 99.98x300 100.02x300
      a: buy 10 limit 98.00 gtc
      => a accepted arrives 250
      after 250
      => a arrived
      replace a price=97.00
      => a replace_requested arrives 250
      action split 2:1
      => split 2:1 0 to 0
      => a adjusted 20 limit 49 PX232
      => a replace_rejected ORDER_REJECTED PX232
      after 250`,
    balances: { reserved: "980" },
  },
  {
    title: "[PX233] a reverse split cancels open orders",
    script: `
      quote 9.98x300 10.02x300
      a: buy 10 limit 9.00 gtc
      => a accepted
      b: sell 10 limit 11.00 gtc
      => b accepted
      c: buy 10 limit 40.00 gtc IBM
      => c accepted
      action split 1:10
      => split 1:10 0 to 0
      => a canceled PX233
      => b canceled PX233
      ? why a PX80 A reverse split 1:10 of SPY cancels its open orders.
      ? status c submitted`,
    balances: { reserved: "400" },
  },
  {
    title: "[PX231] a quote of before the split is not traded against",
    script: `
      quote 99.98x300 100.00x300
      action split 2:1
      => split 2:1 0 to 0
      a: buy 10 market
      => a rejected NO_MARKET_DATA PX15
      b: buy 10 limit 60.00
      => b accepted
      quote 49.98x300 50.00x300
      => b filled 10 @ 50 PX30`,
  },
  {
    title: "[PX231] a print of before the split sets no stop off",
    script: `
      print 100.00x100
      quote 99.98x300 100.02x300
      action split 2:1
      => split 2:1 0 to 0
      a: buy 10 stop 51.00
      => a accepted
      b: sell 10 stop 49.00
      => b accepted
      quote 49.99x300 50.01x300
      print 50.50x100
      print 51.00x100
      => a triggered PX36
      => a filled 10 @ 50.01 PX30`,
  },
  {
    title: "[PX231] a split between ex-date and pay date leaves the dividend as it was",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      action dividend 1 pay +1
      => dividend 1 on 100 is 100
      action split 2:1
      => split 2:1 100 to 200
      at +1 10:00
      => paid 100
      => day 99999`,
    // The mark: 99.99 − 1, then ÷ 2 = 49.495.
    balances: { longMarketValue: "9899", dividends: "100" },
  },
];
