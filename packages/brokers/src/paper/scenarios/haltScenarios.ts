import type { Scenario } from "./Scenario.ts";

/** Halts and pauses. Limit up-limit down plan: https://www.luldplan.com */
export const haltScenarios: readonly Scenario[] = [
  {
    title: "[PX96] nothing fills while a symbol is halted, whatever is quoted and printed",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.00
      => a accepted
      halt SPY news pending
      => SPY halted
      ? why a PX96 Trading in SPY has been halted for less than a minute: news pending.
      quote 98.48x300 98.50x200
      print 98.00x500`,
    balances: { cash: "100000" },
  },
  {
    title: "[PX96] another symbol trades on",
    script: `
      quote 99.98x300 100.02x200 IBM
      halt SPY
      => SPY halted
      a: buy 100 market IBM
      => a accepted
      => a filled 100 @ 100.02 PX30`,
  },
  {
    title: "[PX96] a status that is in force already is no news",
    script: `
      resume SPY
      pause SPY limit up
      => SPY paused
      pause SPY limit up
      halt SPY
      => SPY halted
      resume SPY
      => SPY resumed
      resume SPY`,
  },
  {
    title: "[PX97] a market day order waits for the end of a halt; what cannot wait is refused",
    script: `
      quote 99.98x300 100.02x200
      halt SPY
      => SPY halted
      a: buy 100 market
      => a accepted
      b: buy 100 limit 101 ioc
      => b rejected ORDER_REJECTED PX97
      c: buy 100 market fok
      => c rejected ORDER_REJECTED PX97
      resume SPY
      => SPY resumed
      ? why a PX98 it reopens with the first print.
      print 101.00x500
      => a filled 100 @ 101 PX98`,
    balances: { cash: "89900" },
  },
  {
    title: "[PX98] the first print after a halt is one price for all who accept it, as far as its size goes",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.00
      => a accepted
      b: buy 100 limit 99.50
      => b accepted
      c: buy 100 limit 98.00
      => c accepted
      halt SPY
      => SPY halted
      resume SPY
      => SPY resumed
      print 98.80x150
      => b filled 100 @ 98.8 PX98
      => a filled 50 @ 98.8 PX98
      ? status c submitted`,
    balances: { cash: "85180" },
  },
  {
    title: "[PX98] a quote does not reopen a symbol that prints",
    script: `
      print 100.00x100
      a: buy 100 limit 99.00
      => a accepted
      halt SPY
      => SPY halted
      resume SPY
      => SPY resumed
      quote 98.40x300 98.50x200
      print 98.45x50
      => a filled 50 @ 98.45 PX98
      => a filled 50 @ 98.5 PX30`,
  },
  {
    title: "[PX98] a symbol of which no print was ever seen reopens with its quote",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.00
      => a accepted
      halt SPY
      => SPY halted
      quote 98.40x300 98.50x200
      resume SPY
      => SPY resumed
      quote 98.40x300 98.52x200
      => a filled 100 @ 98.52 PX30`,
  },
  {
    title: "[PX96] a stop is not set off in a halt, but by the print that reopens",
    script: `
      quote 99.98x300 100.02x200
      print 100.00x100
      a: sell 100 stop 99.00
      => a accepted
      halt SPY
      => SPY halted
      print 95.00x100
      resume SPY
      => SPY resumed
      quote 95.98x300 96.02x200
      print 96.00x100
      => a triggered PX36
      => a filled 100 @ 95.98 PX30 sec 0.2 taf 0.02
      ? position -100 @ 95.98`,
  },
  {
    title: "[PX96] an order is canceled and ends in a halt as ever",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.00
      => a accepted
      b: buy 100 limit 98.00
      => b accepted
      halt SPY
      => SPY halted
      cancel a
      => a canceled PX50
      at 20:00
      => b expired PX41
      => day 100000`,
  },
  {
    title: "[PX96] a halt lasts into the next day, and its closing has no price",
    script: `
      print 100.00x100
      a: buy 100 limit 101 cls
      => a accepted
      halt SPY
      => SPY halted
      at 16:00
      => a expired PX93
      at +1 10:00
      => day 100000
      b: buy 100 limit 99.00
      => b accepted
      quote 98.00x300 98.50x200`,
  },
];
