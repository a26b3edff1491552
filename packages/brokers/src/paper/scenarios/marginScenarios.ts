import type { Scenario } from "./Scenario.ts";

export const marginScenarios: readonly Scenario[] = [
  {
    title: "[PX70] an account without positions buys for twice its equity",
    script: "quote 99.98x300 100.02x200",
    balances: { buyingPower: "200000", initialMargin: "0", maintenanceMargin: "0", reserved: "0" },
  },
  {
    title: "[PX70] [PX72] a long holds half its value as initial and a quarter as maintenance margin",
    script: `
      quote 99.98x300 100.02x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100.02 PX30`,
    // Equity 99998, long 10000: (99998 − 5000) × 2.
    balances: { initialMargin: "5000", maintenanceMargin: "2500", buyingPower: "189996" },
  },
  {
    title: "[PX70] [PX72] a short holds half its value as initial and 30 % as maintenance margin",
    script: `
      quote 99.98x100 100.02x100
      a: sell 100 market
      => a accepted
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02`,
    // Equity 100000 − 2 − 0.23 = 99997.77.
    balances: { initialMargin: "5000", maintenanceMargin: "3000", buyingPower: "189995.54", equity: "99997.77" },
  },
  {
    title: "[PX71] open orders hold their opening part back, at the limit, the stop or the market",
    script: `
      quote 99.98x100 100.02x100
      a: buy 100 limit 99.00
      => a accepted
      b: buy 100 stop 101.00
      => b accepted
      c: buy 100 stop_limit 101.00 102.00
      => c accepted`,
    // 9900 + 10100 + 10200 = 30200
    balances: { reserved: "30200", buyingPower: "169800" },
  },
  {
    title: "[PX71] a sale to open is reckoned at the market where that is above its limit",
    script: `
      print 100.00x100
      quote - 100.02x100
      a: sell 100 limit 90.00
      => a accepted`,
    balances: { reserved: "10000", buyingPower: "190000" },
  },
  {
    title: "[PX71] an order that only closes holds nothing back and needs no funds",
    script: `
      quote 99.98x9000 100.00x9000
      a: buy 2000 market
      => a accepted
      => a filled 2000 @ 100 PX30
      b: sell 2000 limit 110.00
      => b accepted
      c: sell 1 limit 110.00
      => c rejected INSUFFICIENT_FUNDS PX17`,
    balances: { reserved: "0", buyingPower: "0" },
  },
  {
    title: "[PX71] of several sales the part beyond what is held is reckoned at their average price",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      b: sell 100 limit 110.00
      => b accepted
      c: sell 100 limit 120.00
      => c accepted`,
    // 200 × 115 open, of which 100 × 115 open a short. Equity 99999, initial 4999.50: 2 × 94999.50 − 11500.
    balances: { reserved: "11500", buyingPower: "178499" },
  },
  {
    title: "[PX71] a fill moves margin from the reserve to the holding",
    script: `
      quote 99.98x300 100.02x60
      a: buy 100 limit 100.02
      => a accepted
      => a filled 60 @ 100.02 PX30`,
    // 40 × 100.02 = 4000.80 held back; 60 long at 100: initial 3000, equity 99998.80.
    balances: { reserved: "4000.8", initialMargin: "3000", buyingPower: "189996.8" },
  },
  {
    title: "[PX71] a closing order becomes an opening one when the holding goes another way",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      b: sell 100 limit 110.00 gtc
      => b accepted
      c: sell 100 market
      => c accepted
      => c filled 100 @ 99.98 PX30 sec 0.21 taf 0.02`,
    // The sale at 110 would now open a short of 100.
    balances: { reserved: "11000" },
  },
  {
    title: "[PX70] in a cash account a dollar buys a dollar",
    profile: { initialMargin: { long: "1", short: "1" } },
    script: `
      quote 99.98x9000 100.00x9000
      a: buy 1001 market
      => a rejected INSUFFICIENT_FUNDS PX17
      b: buy 400 limit 99.00
      => b accepted`,
    balances: { buyingPower: "60400", reserved: "39600" },
  },
];
