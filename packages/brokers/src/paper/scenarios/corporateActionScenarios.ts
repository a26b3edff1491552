import type { Scenario } from "./Scenario.ts";

/** What a corporate action must be, and a change of symbol. */
export const corporateActionScenarios: readonly Scenario[] = [
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
      action dividend 99.99 pay +1
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
    title: "[PX237] what the new symbol realised before is kept too",
    script: `
      quote 49.99x300 50.00x100 IBM
      a: buy 100 market IBM
      => a accepted
      => a filled 100 @ 50 PX30
      quote 50.50x100 50.52x100 IBM
      b: sell 100 market IBM
      => b accepted
      => b filled 100 @ 50.5 PX30 sec 0.11 taf 0.02
      quote 99.98x300 100.00x100
      c: buy 100 market
      => c accepted
      => c filled 100 @ 100 PX30
      action rename SPY IBM
      => SPY is IBM 100
      ? position 100 @ 100 IBM`,
    // Its own quote values it: 100 × 50.51.
    balances: { realizedPnl: "50", unrealizedPnl: "-4949", cash: "90049.87" },
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
