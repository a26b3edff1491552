import type { Scenario } from "./Scenario.ts";

/** Regulation T, 12 CFR 220.12; FINRA Rule 4210(c), https://www.finra.org/rules-guidance/rulebooks/finra-rules/4210. */
export const marginMixScenarios: readonly Scenario[] = [
  {
    title: "[PX70] [PX72] longs and shorts each hold their own margin",
    script: `
      quote 99.98x100 100.00x100
      quote 50.00x200 50.02x200 IBM
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      b: sell 200 market IBM
      => b accepted
      => b filled 200 @ 50 PX30 sec 0.21 taf 0.04`,
    // Long 9999, short −10002: 4999.50 + 5001 and 2499.75 + 3000.60; (99996.75 − 10000.50) × 2.
    balances: {
      equity: "99996.75",
      initialMargin: "10000.5",
      maintenanceMargin: "5500.35",
      buyingPower: "179992.5",
      longMarketValue: "9999",
      shortMarketValue: "-10002",
    },
  },
  {
    title: "[PX71] an open sale that would flip a long reserves for the short only",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      b: sell 250 limit 110.00
      => b accepted`,
    // 150 × 110. Equity 99999, initial 4999.50: 2 × 94999.50 − 16500.
    balances: { reserved: "16500", buyingPower: "173499" },
  },
  {
    title: "[PX62] [PX70] a flip from long to short holds the short's margin",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      b: sell 300 market
      => b accepted
      => b filled 300 @ 99.98 PX30 sec 0.62 taf 0.06
      ? position -200 @ 99.98`,
    // SEC 29994 × 20.6e-6 = 0.6179. Cash 90000 + 29994 − 0.68; short 200 × 99.99 = 19998.
    balances: {
      cash: "119993.32",
      equity: "99995.32",
      initialMargin: "9999",
      maintenanceMargin: "5999.4",
      buyingPower: "179992.64",
      realizedPnl: "-2",
    },
  },
  {
    title: "[PX71] purchases that cover a short reserve nothing, those beyond it their average price",
    script: `
      quote 99.98x100 100.02x300
      a: sell 100 market
      => a accepted
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02
      b: buy 100 stop 105.00
      => b accepted
      c: buy 50 limit 99.00
      => c accepted`,
    // (10500 + 4950) ÷ 150 = 103; 50 × 103.
    balances: { reserved: "5150" },
  },
  {
    title: "[PX17] orders fit exactly, and then not by a cent",
    script: `
      quote 99.98x100 100.02x300
      a: buy 1999 limit 100.00
      => a accepted
      b: buy 1 limit 100.00
      => b accepted
      c: buy 1 limit 0.02
      => c rejected INSUFFICIENT_FUNDS PX17
      ? why c PX80 needs 0.01 of initial margin at 0.02 a share, and 0.00 is available`,
    balances: { reserved: "200000", buyingPower: "0" },
  },
  {
    title: "[PX71] buying and selling at once reserve both sides",
    script: `
      quote 99.98x100 100.02x300
      a: buy 100 limit 90.00
      => a accepted
      b: sell 100 limit 110.00
      => b accepted`,
    balances: { reserved: "20000", buyingPower: "180000" },
  },
  {
    title: "[PX240] a margin call is told once when equity is below maintenance, and once when it is not",
    cash: "10000",
    script: `
      quote 99.98x300 100.00x190
      a: buy 190 market
      => a accepted
      => a filled 190 @ 100 PX30
      quote 60.00x300 60.02x300
      at 10:30
      => margin call 448.575
      at 10:31
      quote 99.98x300 100.00x300
      at 10:32
      => margin call ended
      at 10:33`,
    // Long 190 × 60.01 = 11401.90, cash −9000: equity 2401.90, maintenance 2850.475.
    balances: { equity: "9998.1", marginDeficit: "0" },
  },
  {
    title: "[PX240] a loan that the price just covers is no margin call",
    cash: "10000",
    script: `
      quote 99.99x300 100.01x190
      a: buy 190 limit 100.01
      => a accepted
      => a filled 190 @ 100.01 PX30
      quote 63.17x300 63.19x300
      at 10:30
      quote 63.16x300 63.18x300
      at 10:31
      => margin call 0.175`,
    // Cash −9001.90. At 63.18 equity 3002.30 and maintenance 3001.05; at 63.17 equity 3000.40 and maintenance 3000.575.
    balances: { equity: "3000.4" },
  },
  {
    title: "[PX240] equity of exactly the maintenance margin is enough",
    cash: "7000",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      quote 39.99x300 40.01x300
      at 10:30
      quote 39.98x300 40.00x300
      at 10:31
      => margin call 0.75`,
    // Cash −3000. At 40.00 equity 1000 and maintenance 1000; at 39.99 equity 999 and maintenance 999.75.
    balances: { equity: "999", marginDeficit: "0.75" },
  },
  {
    title: "[PX240] a short that runs away is a margin call too",
    cash: "10000",
    script: `
      quote 100.00x190 100.02x190
      a: sell 190 market
      => a accepted
      => a filled 190 @ 100 PX30 sec 0.4 taf 0.04
      quote 129.99x300 130.01x300
      at 10:30
      => margin call 3110.44`,
    // Cash 28999.56, short 24700: equity 4299.56, maintenance 7410.
    balances: { equity: "4299.56", maintenanceMargin: "7410", marginDeficit: "3110.44" },
  },
  {
    title: "[PX240] in a margin call orders that add are refused with the numbers, orders that close go",
    cash: "10000",
    script: `
      quote 99.98x300 100.00x190
      a: buy 190 market
      => a accepted
      => a filled 190 @ 100 PX30
      quote 60.00x300 60.02x300
      at 10:30
      => margin call 448.575
      quote 60.00x300 60.02x300
      b: buy 1 market
      => b rejected INSUFFICIENT_FUNDS PX17
      c: sell 100 market
      => c accepted
      => c filled 100 @ 60 PX30 sec 0.13 taf 0.02
      at 10:31
      => margin call ended`,
    // Cash −9000 + 6000 − 0.15, long 90 × 60.01 = 5400.90; maintenance 1350.225.
    balances: { equity: "2400.75", maintenanceMargin: "1350.225" },
  },
];
