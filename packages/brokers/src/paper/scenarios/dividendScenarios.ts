import type { Scenario } from "./Scenario.ts";

/**
 * Orders: FINRA Rule 5330, https://www.finra.org/rules-guidance/rulebooks/finra-rules/5330. Alpaca too adjusts
 * good-til-canceled orders and offers no "do not reduce": https://docs.alpaca.markets/us/docs/orders-at-alpaca.
 */
export const dividendScenarios: readonly Scenario[] = [
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
    title: "[PX235] a stop that was set off is a limit order: its limit to buy goes down, its stop stays",
    script: `
      print 100.00x100
      quote 99.98x300 100.02x300
      a: buy 10 stop_limit 101.00 100.50 gtc
      => a accepted
      quote 100.98x300 101.00x300
      print 101.00x100
      => a triggered PX36
      action dividend 0.50 pay +3
      => dividend 0.5 on 0 is 0
      => a adjusted 10 stop 101 limit 100 PX235`,
  },
  {
    title: "[PX235] a stop to sell that was set off is a sell limit, which stays",
    script: `
      print 100.00x100
      quote 99.98x300 100.02x300
      a: sell 10 stop_limit 99.00 99.50 gtc
      => a accepted
      quote 98.98x300 99.02x300
      print 99.00x100
      => a triggered PX36
      action dividend 0.50 pay +3
      => dividend 0.5 on 0 is 0`,
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
];
