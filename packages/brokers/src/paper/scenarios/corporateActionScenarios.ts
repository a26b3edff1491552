import type { Scenario } from "./Scenario.ts";

/**
 * Orders: FINRA Rule 5330, https://www.finra.org/rules-guidance/rulebooks/finra-rules/5330. Alpaca too adjusts
 * good-til-canceled orders and offers no "do not reduce": https://docs.alpaca.markets/us/docs/orders-at-alpaca.
 */
export const corporateActionScenarios: readonly Scenario[] = [
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
    title: "[PX230] a fraction without a price for it is refused, and nothing has changed",
    script: `
      quote 99.98x300 100.00x15
      a: buy 15 market
      => a accepted
      => a filled 15 @ 100 PX30
      action split 3:2
      => action rejected INVALID_ORDER PX230
      ? position 15 @ 100`,
    balances: { cash: "98500" },
  },
  {
    title: "[PX230] an action that is told twice is applied once",
    script: `
      quote 99.98x300 100.00x10
      a: buy 10 market
      => a accepted
      => a filled 10 @ 100 PX30
      action split 2:1 id=CA-1
      => split 2:1 10 to 20
      action split 2:1 id=CA-1
      => action rejected DUPLICATE_ORDER PX230
      action split 2:1 id=CA-2
      => split 2:1 20 to 40
      ? position 40 @ 25`,
  },
  {
    title: "[PX230] actions that cannot be are refused by code",
    script: `
      quote 99.98x300 100.00x10
      action split 1:1
      => action rejected INVALID_ORDER PX230
      action split 0:1
      => action rejected INVALID_ORDER PX230
      action split 1.5:1
      => action rejected INVALID_ORDER PX230
      action split x:1
      => action rejected INVALID_ORDER PX230
      action split 2:1 cash 0
      => action rejected INVALID_ORDER PX230
      action split 2:1 NOPE
      => action rejected SYMBOL_NOT_FOUND PX230
      action dividend 0 pay +1
      => action rejected INVALID_ORDER PX230
      action dividend -0.5 pay +1
      => action rejected INVALID_ORDER PX230
      action dividend NaN pay +1
      => action rejected INVALID_ORDER PX230
      action dividend 0.5 pay -1
      => action rejected INVALID_ORDER PX230
      action dividend 0.5 pay never
      => action rejected INVALID_ORDER PX230
      action rename SPY NOPE
      => action rejected SYMBOL_NOT_FOUND PX230
      action rename SPY SPY
      => action rejected INVALID_ORDER PX230`,
    balances: { equity: "100000", cash: "100000", dividends: "0" },
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
    title: "[PX235] a trailing stop to sell goes down by the dividend, and its best price with it",
    script: `
      print 100.00x100
      quote 100.00x300 100.00x300
      a: sell 10 stop trail=2.00 gtc
      => a accepted stop 98
      b: buy 10 stop trail=2.00 gtc
      => b accepted stop 102
      action dividend 0.50 pay +3
      => dividend 0.5 on 0 is 0
      => a adjusted 10 stop 97.5 PX235
      quote 99.48x300 99.52x300
      print 99.80x100
      => b trailed 101.8
      => a trailed 97.8`,
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
    title: "[PX230] a dividend that is told twice is earned once",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      action dividend 0.50 pay +1 id=D-1
      => dividend 0.5 on 100 is 50
      action dividend 0.50 pay +1 id=D-1
      => action rejected DUPLICATE_ORDER PX230
      at +1 10:00
      => paid 50
      => day 99999
      action dividend 0.50 pay +1 id=D-1
      => action rejected DUPLICATE_ORDER PX230`,
    balances: { dividends: "50" },
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
    title: "[PX234] on the ex-date a dividend is earned, equity is as before, and cash waits for the pay date",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      action dividend 0.50 pay +3
      => dividend 0.5 on 100 is 50
      ? position 100 @ 100`,
    // The mark goes from 99.99 to 99.49.
    balances: {
      equity: "99999",
      longMarketValue: "9949",
      unrealizedPnl: "-51",
      dividends: "50",
      accruedDividends: "50",
      cash: "90000",
    },
  },
  {
    title: "[PX236] a dividend is paid with the first call at or after its pay date",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      action dividend 0.50 pay +2
      => dividend 0.5 on 100 is 50
      at +1 10:00
      => day 99999
      at +0 23:59
      => day 99999
      at +1 00:00
      => paid 50`,
    balances: { cash: "90050", dividends: "50", accruedDividends: "0", equity: "99999" },
  },
  {
    title: "[PX234] a short owes the dividend, and pays it",
    script: `
      quote 100.00x100 100.02x100
      a: sell 100 market
      => a accepted
      => a filled 100 @ 100 PX30 sec 0.21 taf 0.02
      action dividend 0.50 pay +0
      => action rejected INVALID_ORDER PX230
      action dividend 0.50 pay +1
      => dividend 0.5 on -100 is -50
      at +1 10:00
      => paid -50
      => borrow SPY -100 @ 102 for 1 is 0.07
      => day 99998.7`,
    // 110000 − 0.23 − 50 − 0.07 − 100 × 99.51.
    balances: { cash: "109949.7", dividends: "-50", accruedDividends: "0", borrowFees: "0.07" },
  },
  {
    title: "[PX234] who sells on the ex-date keeps the dividend, who buys gets none",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      action dividend 0.50 pay +1
      => dividend 0.5 on 100 is 50
      quote 99.50x100 99.52x100
      b: sell 100 market
      => b accepted
      => b filled 100 @ 99.5 PX30 sec 0.21 taf 0.02
      ? flat
      at +1 10:00
      => paid 50
      => day 99999.77`,
    // −50 of price, +50 of dividend, −0.23 of fees.
    balances: { cash: "99999.77", realizedPnl: "-50", dividends: "50" },
  },
  {
    title: "[PX234] without a holding only the orders are concerned",
    script: `
      quote 99.98x300 100.02x100
      a: buy 10 limit 99.00 gtc
      => a accepted
      action dividend 0.50 pay +1
      => dividend 0.5 on 0 is 0
      => a adjusted 10 limit 98.5 PX235
      at +1 10:00
      => day 100000`,
    balances: { dividends: "0", reserved: "985" },
  },
  {
    title: "[PX234] a dividend is paid to the nearest cent",
    script: `
      quote 99.98x300 100.00x33
      a: buy 33 market
      => a accepted
      => a filled 33 @ 100 PX30
      action dividend 0.3335 pay +1
      => dividend 0.3335 on 33 is 11.01`,
    // 11.0055
    balances: { dividends: "11.01" },
  },
  {
    title: "[PX234] the day's gain takes the dividend for the fall of the price",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      at +1 04:00
      => day 99999
      action dividend 0.50 pay +3
      => dividend 0.5 on 100 is 50
      at 09:30
      quote 99.48x300 99.50x100`,
    balances: { dayPnl: "0", equity: "99999" },
  },
  {
    title: "[PX235] good-til-canceled buy limits and sell stops go down by the dividend, the others stay",
    script: `
      quote 99.98x300 100.02x300
      a: buy 10 limit 99.00 gtc
      => a accepted
      b: sell 10 stop 95.00 gtc
      => b accepted
      c: sell 10 stop_limit 95.00 94.00 gtc
      => c accepted
      d: sell 10 limit 110.00 gtc
      => d accepted
      e: buy 10 stop 105.00 gtc
      => e accepted
      f: buy 10 stop_limit 105.00 106.00 gtc
      => f accepted
      g: buy 10 limit 99.00 day
      => g accepted
      h: sell 10 stop 95.00 day
      => h accepted
      action dividend 0.50 pay +3
      => dividend 0.5 on 0 is 0
      => a adjusted 10 limit 98.5 PX235
      => b adjusted 10 stop 94.5 PX235
      => c adjusted 10 stop 94.5 limit 93.5 PX235`,
  },
  {
    title: "[PX235] a reduced price goes down to the next tick",
    script: `
      quote 99.98x300 100.02x300
      a: buy 10 limit 99.00 gtc
      => a accepted
      action dividend 0.333 pay +3
      => dividend 0.333 on 0 is 0
      => a adjusted 10 limit 98.66 PX235`,
    // 98.667
  },
  {
    title: "[PX235] a dividend of less than a cent moves no order, and is paid",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      b: buy 10 limit 99.00 gtc
      => b accepted
      action dividend 0.009 pay +3
      => dividend 0.009 on 100 is 0.9`,
    balances: { dividends: "0.9", reserved: "990" },
  },
  {
    title: "[PX235] an order of which the dividend leaves no price is canceled",
    script: `
      quote 9.98x300 10.00x100
      a: buy 10 limit 0.40 gtc
      => a accepted
      action dividend 0.50 pay +3
      => dividend 0.5 on 0 is 0
      => a canceled PX235
      ? why a PX80 Canceled: the dividend of 0.5 a share of SPY leaves nothing of the order.`,
    balances: { reserved: "0" },
  },
  {
    title: "[PX236] dividends are paid in the order of their pay dates",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      action dividend 1 pay +3
      => dividend 1 on 100 is 100
      action dividend 2 pay +2
      => dividend 2 on 100 is 200
      at +3 10:00
      => paid 200
      => paid 100
      => day 99999`,
    balances: { cash: "90300", dividends: "300" },
  },
  {
    title: "[PX234] a dividend that is still to come buys nothing, one that is owed is taken off",
    cash: "10000",
    script: `
      quote 99.98x100 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      action dividend 1 pay +3
      => dividend 1 on 100 is 100
      quote 49.99x100 50.01x100 IBM
      b: sell 100 market IBM
      => b accepted
      => b filled 100 @ 49.99 PX30 sec 0.11 taf 0.02
      action dividend 1 pay +3 IBM
      => dividend 1 on -100 is -100`,
    // Cash 4998.87; SPY 98.99, IBM −49: equity 10000 − 10000 + 4998.87 + 9899 − 4900 + 0 = 9997.87.
    // Margin 4949.50 + 2450; available 9997.87 − 100 − 7399.50 = 2498.37.
    balances: { equity: "9997.87", buyingPower: "4996.74", accruedDividends: "0" },
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
  {
    title: "[PX237] under a new symbol the holding, its cost and what it realised go on",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      b: sell 100 limit 110.00 gtc
      => b accepted
      action rename SPY IBM
      => b canceled PX237
      => SPY is IBM 100
      ? flat SPY
      ? position 100 @ 100 IBM
      quote 101.00x300 101.02x300 IBM
      c: sell 100 market IBM
      => c accepted
      => c filled 100 @ 101 PX30 sec 0.21 taf 0.02`,
    balances: { realizedPnl: "100", cash: "100099.77" },
  },
  {
    title: "[PX237] a symbol that is held already is nobody's new name",
    script: `
      quote 99.98x300 100.00x100
      quote 49.99x300 50.00x100 IBM
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      b: buy 100 market IBM
      => b accepted
      => b filled 100 @ 50 PX30
      action rename SPY IBM
      => action rejected INVALID_ORDER PX230
      ? position 100 @ 100 SPY`,
  },
];
