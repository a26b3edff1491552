import type { Scenario } from "./Scenario.ts";

/** SEC Rule 15c6-1(a), https://www.law.cornell.edu/cfr/text/17/240.15c6-1; Regulation T, 12 CFR 220.8 (cash accounts). */
export const settlementScenarios: readonly Scenario[] = [
  {
    title: "[PX201] the proceeds of a sale are cash at once and not settled on the day of the trade",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      quote 101.00x100 101.02x100
      b: sell 100 market
      => b accepted
      => b filled 100 @ 101 PX30 sec 0.21 taf 0.02
      at 19:59`,
    // SEC 10100 × 20.6e-6 = 0.20806, TAF 0.0195. Proceeds 10099.77.
    balances: { cash: "100099.77", settledCash: "90000", fees: "0.23" },
  },
  {
    title: "[PX200] the proceeds are settled when the next market day begins",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      quote 101.00x100 101.02x100
      b: sell 100 market
      => b accepted
      => b filled 100 @ 101 PX30 sec 0.21 taf 0.02
      at 20:00
      => day 100099.77`,
    balances: { cash: "100099.77", settledCash: "100099.77" },
  },
  {
    title: "[PX200] each day's sales settle with the day after it",
    script: `
      quote 99.98x300 100.00x200
      a: buy 200 market
      => a accepted
      => a filled 200 @ 100 PX30
      quote 100.00x100 100.02x100
      b: sell 100 market
      => b accepted
      => b filled 100 @ 100 PX30 sec 0.21 taf 0.02
      at +1 10:00
      => day 100000.77
      quote 100.00x100 100.02x100
      c: sell 100 market
      => c accepted
      => c filled 100 @ 100 PX30 sec 0.21 taf 0.02`,
    // Day 1: 80000 + 9999.77, long 100 at a mark of 100.01 = 10001. Day 2 brings another 9999.77, not settled.
    balances: { cash: "99999.54", settledCash: "89999.77" },
  },
  {
    title: "[PX201] the proceeds of a short sale are not settled either",
    script: `
      quote 99.98x100 100.02x100
      a: sell 100 market
      => a accepted
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02`,
    balances: { cash: "109997.77", settledCash: "100000" },
  },
  {
    title: "[PX201] a margin account buys with what is not settled",
    cash: "10000",
    script: `
      quote 99.98x300 100.00x200
      a: buy 200 market
      => a accepted
      => a filled 200 @ 100 PX30
      quote 100.00x200 100.02x200
      b: sell 200 market
      => b accepted
      => b filled 200 @ 100 PX30 sec 0.42 taf 0.04
      c: buy 199 market
      => c accepted
      => c filled 199 @ 100.02 PX30`,
    // 10000 − 0.46 − 199 × 100.02 = 10000 − 0.46 − 19903.98
    balances: { cash: "-9904.44" },
  },
  {
    title: "[PX202] a cash account waits for its proceeds to settle, and is told for how long",
    profile: { account: "cash" },
    cash: "10000",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      quote 100.00x100 100.02x100
      b: sell 100 market
      => b accepted
      => b filled 100 @ 100 PX30 sec 0.21 taf 0.02
      c: buy 50 market
      => c rejected INSUFFICIENT_FUNDS PX202
      ? why c PX80 needs 5001.00 of settled cash, and 0.00 is free. 9999.77 is not settled yet; the next of it settles in 9 h 59 min.
      at +1 09:30
      => day 9999.77
      quote 99.98x300 100.00x100
      d: buy 50 market
      => d accepted
      => d filled 50 @ 100 PX30`,
    balances: { cash: "4999.77", settledCash: "4999.77", buyingPower: "4999.77" },
  },
  {
    title: "[PX202] in a cash account an open purchase holds back its whole price",
    profile: { account: "cash" },
    cash: "10000",
    script: `
      quote 99.98x300 100.02x100
      a: buy 50 limit 90.00
      => a accepted
      b: buy 62 limit 90.00
      => b rejected INSUFFICIENT_FUNDS PX202
      c: buy 61 limit 90.00
      => c accepted`,
    // 10000 − 4500 = 5500: 62 cost 5580, 61 cost 5490.
    balances: { reserved: "9990", buyingPower: "10", settledCash: "10000" },
  },
  {
    title: "[PX202] settled cash that is left pays while proceeds wait",
    profile: { account: "cash" },
    cash: "20000",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      quote 100.00x100 100.02x100
      b: sell 100 market
      => b accepted
      => b filled 100 @ 100 PX30 sec 0.21 taf 0.02
      quote 99.98x100 100.00x300
      c: buy 100 limit 100.00
      => c accepted
      => c filled 100 @ 100 PX30
      d: buy 1 limit 100.00
      => d rejected INSUFFICIENT_FUNDS PX202`,
    balances: { cash: "9999.77", settledCash: "0", buyingPower: "0" },
  },
  {
    title: "[PX202] a canceled purchase gives its cash back",
    profile: { account: "cash" },
    cash: "1000",
    script: `
      quote 99.98x300 100.02x100
      a: buy 10 limit 100.00
      => a accepted
      b: buy 1 limit 50.00
      => b rejected INSUFFICIENT_FUNDS PX202
      cancel a
      => a canceled PX50
      c: buy 20 limit 50.00
      => c accepted`,
    balances: { reserved: "1000", buyingPower: "0" },
  },
  {
    title: "[PX202] a purchase cannot be raised above the settled cash",
    profile: { account: "cash" },
    cash: "1000",
    script: `
      quote 99.98x300 100.02x100
      a: buy 10 limit 90.00
      => a accepted
      replace a quantity=12
      => a replace_rejected INSUFFICIENT_FUNDS PX202
      replace a price=100.00
      => a replaced anew`,
    balances: { reserved: "1000" },
  },
  {
    title: "[PX203] a cash account sells nothing short",
    profile: { account: "cash" },
    script: `
      quote 99.98x300 100.02x100
      a: sell 1 market
      => a rejected ORDER_REJECTED PX203`,
    balances: { cash: "100000" },
  },
  {
    title: "[PX203] in a cash account open sales count against what is held",
    profile: { account: "cash" },
    script: `
      quote 99.98x300 100.00x100
      a: buy 10 market
      => a accepted
      => a filled 10 @ 100 PX30
      b: sell 6 limit 110.00
      => b accepted
      c: sell 5 limit 110.00
      => c rejected ORDER_REJECTED PX203
      ? why c PX80 at most 4 of SPY can be sold
      d: sell 4 limit 110.00
      => d accepted`,
    balances: { reserved: "0" },
  },
];
