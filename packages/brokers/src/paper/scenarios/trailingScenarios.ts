import type { Scenario } from "./Scenario.ts";

/** The brokers' trailing stops: https://docs.alpaca.markets/docs/orders-at-alpaca#trailing-stop-orders */
export const trailingScenarios: readonly Scenario[] = [
  {
    title: "[PX81] a trailing sell stop begins its amount below the last print and follows prints up, never down",
    script: `
      quote 99.98x300 100.02x200
      b: buy 100 market
      => b accepted
      => b filled 100 @ 100.02 PX30
      print 100.00x10
      a: sell 100 stop trail=0.50 gtc
      => a accepted stop 99.5
      print 100.40x10
      => a trailed 99.9
      ? why a PX36 It trails 0.50 behind 100.40.
      print 100.00x10
      print 100.41x10
      => a trailed 99.91
      quote 99.88x300 99.92x200
      print 99.91x10
      => a triggered PX36
      => a filled 100 @ 99.88 PX30 sec 0.21 taf 0.02`,
    // 100000 − 10002 + 9988 − 0.23. SEC: 9988 × 20.60 / 1000000 = 0.2058 → 0.21; TAF: 100 × 0.000195 = 0.0195 → 0.02.
    balances: { cash: "99985.77", realizedPnl: "-14" },
  },
  {
    title: "[PX81] a trailing buy stop stands above the last print and follows prints down",
    script: `
      quote 99.98x300 100.02x200
      print 100.00x10
      a: buy 100 stop trail=1
      => a accepted stop 101
      print 99.50x10
      => a trailed 100.5
      print 100.00x10
      quote 100.49x300 100.53x200
      print 100.50x10
      => a triggered PX36
      => a filled 100 @ 100.53 PX30`,
    balances: { cash: "89947" },
  },
  {
    title: "[PX81] a percentage trails at the tick that is farther from the market",
    // 1.5 % of 99.98 is 1.4997: 98.4803 → 98.48. Of 101.00: 1.515 → 99.485 → 99.48.
    script: `
      quote 99.98x300 100.02x200
      a: sell 100 stop trail=1.5%
      => a accepted stop 98.48
      print 101.00x10
      => a trailed 99.48`,
  },
  {
    title: "[PX81] a percentage above the market is rounded up",
    // 1.5 % of 100.02 is 1.5003: 101.5203 → 101.53.
    script: `
      quote 99.98x300 100.02x200
      a: buy 10 stop trail=1.5%
      => a accepted stop 101.53`,
  },
  {
    title: "[PX81] a trail that is longer than the price leaves no stop",
    script: `
      quote 99.98x300 100.02x200
      a: sell 100 stop trail=99.98
      => a rejected INVALID_ORDER PX81
      b: sell 100 stop trail=99.97
      => b accepted stop 0.01`,
  },
  {
    title: "[PX15] a trailing stop needs a market to begin at",
    script: `
      a: sell 100 stop trail=1
      => a rejected NO_MARKET_DATA PX15`,
  },
  {
    title: "[PX82] prints of extended hours move no trailing stop and set none off",
    script: `
      quote 99.98x300 100.02x200
      print 100.00x10
      a: sell 100 stop trail=1 gtc
      => a accepted stop 99
      at 16:30
      print 105.00x10
      print 90.00x10
      at +1 09:30
      => day 100000
      print 101.00x10
      => a trailed 100`,
  },
  {
    title: "[PX82] where no print was ever seen, the bid moves a trailing sell stop",
    script: `
      quote 99.98x300 100.02x200
      a: sell 100 stop trail=1
      => a accepted stop 98.98
      quote 100.50x300 100.54x200
      => a trailed 99.5
      quote 99.50x300 99.54x200
      => a triggered PX37
      => a filled 100 @ 99.5 PX30 sec 0.21 taf 0.02
      ? position -100 @ 99.5`,
  },
  {
    title: "[PX52] the stop price of a trailing stop is the market's; its quantity can be changed",
    script: `
      quote 99.98x300 100.02x200
      a: sell 100 stop trail=1
      => a accepted stop 98.98
      replace a stop=99.00
      => a replace_rejected INVALID_ORDER PX52
      replace a quantity=60
      => a replaced
      cancel a
      => a canceled PX50`,
  },
  {
    title: "[PX13] a trailing stop waits, so it is for day or gtc",
    script: `
      quote 99.98x300 100.02x200
      a: sell 100 stop trail=1 ioc
      => a rejected INVALID_ORDER PX13
      b: sell 100 stop trail=1 opg
      => b rejected INVALID_ORDER PX13`,
  },
];
