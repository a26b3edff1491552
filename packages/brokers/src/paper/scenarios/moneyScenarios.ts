import type { Scenario } from "./Scenario.ts";

export const moneyScenarios: readonly Scenario[] = [
  {
    title: "[PX71] a buy stop far below the market is paid at the market, so its margin is reckoned there",
    script: `
      quote 614.98x900 615.00x900
      a: buy 1000 stop 1.00
      => a rejected INSUFFICIENT_FUNDS PX17`,
    // 1000 × 615.00 × 50 % = 307,500 of margin against 100,000.
    balances: { cash: "100000", buyingPower: "200000", reserved: "0" },
  },
  {
    title: "[PX61] the average price is that of all that is held, and a partial sale realises against it",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      quote 102.98x300 103.00x50
      b: buy 50 market
      => b accepted
      => b filled 50 @ 103 PX30
      ? position 150 @ 101
      quote 104.00x60 104.02x50
      c: sell 60 market
      => c accepted
      => c filled 60 @ 104 PX30 sec 0.13 taf 0.02
      ? position 90 @ 101`,
    // Realised 60 × (104 − 101) = 180; unrealised 90 × (104.01 − 101) = 270.90. SEC: 6240 × 20.6e-6 = 0.128544.
    balances: { realizedPnl: "180", unrealizedPnl: "270.9", fees: "0.15", cash: "91089.85", equity: "100450.75" },
  },
  {
    title: "[PX61] an average that does not come out even loses nothing",
    script: `
      quote 9.99x300 10.00x1
      a: buy 1 market
      => a accepted
      => a filled 1 @ 10 PX30
      quote 10.00x300 10.01x2
      b: buy 2 market
      => b accepted
      => b filled 2 @ 10.01 PX30
      ? position 3 @ 10.006666667
      quote 10.01x1 10.03x9
      c: sell 1 market
      => c accepted
      => c filled 1 @ 10.01 PX30 sec 0.01 taf 0.01
      quote 10.01x2 10.03x9
      d: sell 2 market
      => d accepted
      => d filled 2 @ 10.01 PX30 sec 0.01 taf 0.01
      ? flat`,
    // Bought for 30.02, sold for 30.03: a cent to the good, four cents of fees.
    balances: { cash: "99999.97", realizedPnl: "0.01", fees: "0.04", unrealizedPnl: "0" },
  },
  {
    title: "[PX62] selling more than is held closes the long first and opens a short with the rest",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      quote 102.00x500 102.04x100
      b: sell 150 market
      => b accepted
      => b filled 150 @ 102 PX30 sec 0.32 taf 0.03
      ? position -50 @ 102`,
    // Realised 100 × 2 = 200. Short 50 at a mark of 102.02: −1.00. SEC: 15300 × 20.6e-6 = 0.31518; TAF: 0.02925.
    balances: { cash: "105299.65", realizedPnl: "200", unrealizedPnl: "-1", fees: "0.35", equity: "100198.65" },
  },
  {
    title: "[PX62] buying more than is short covers first and opens a long with the rest",
    script: `
      quote 50.00x200 50.02x200
      a: sell 200 market
      => a accepted
      => a filled 200 @ 50 PX30 sec 0.21 taf 0.04
      quote 47.98x300 48.00x300
      b: buy 300 market
      => b accepted
      => b filled 300 @ 48 PX30
      ? position 100 @ 48`,
    // Realised 200 × (50 − 48) = 400; 100000 + 10000 − 0.25 − 14400.
    balances: { cash: "95599.75", realizedPnl: "400", unrealizedPnl: "-1" },
  },
  {
    title: "[PX64] [PX67] the fills of one order on one day are charged as one trade",
    script: `
      quote 99.98x10 100.02x9
      a: sell 30 limit 99.98
      => a accepted
      => a filled 10 @ 99.98 PX30 sec 0.03 taf 0.01
      quote 99.98x10 100.02x9
      => a filled 10 @ 99.98 PX30 sec 0.02
      quote 99.98x10 100.02x9
      => a filled 10 @ 99.98 PX30 sec 0.02`,
    // 2999.40 × 20.6e-6 = 0.06178764 → 0.07, and 30 × 0.000195 = 0.00585 → 0.01: as one sale of 30.
    balances: { fees: "0.08" },
  },
  {
    title: "[PX67] on another day the same order is another trade",
    script: `
      quote 99.98x10 100.02x9
      a: sell 30 limit 99.98 gtc
      => a accepted
      => a filled 10 @ 99.98 PX30 sec 0.03 taf 0.01
      at +1 10:00
      => borrow SPY -10 @ 102 for 1 is 0.01
      => day 99999.75
      quote 99.98x20 100.02x9
      => a filled 20 @ 99.98 PX30 sec 0.05 taf 0.01`,
    balances: { fees: "0.1" },
  },
  {
    title: "[PX65] the trading activity fee has a cap a trade",
    cash: "1000000",
    script: `
      quote 4.00x60000 4.01x60000
      a: sell 60000 market
      => a accepted
      => a filled 60000 @ 4 PX30 sec 4.95 taf 9.79`,
    // 60000 × 0.000195 = 11.70, capped; 240000 × 20.6e-6 = 4.944.
    balances: { fees: "14.74" },
  },
  {
    title: "[PX66] a commission has a minimum an order, charged once",
    profile: { commission: { perShare: "0.005", minimumPerOrder: "1" } },
    script: `
      quote 99.98x300 100.00x100
      a: buy 300 limit 100.00
      => a accepted
      => a filled 100 @ 100 PX30 commission 1
      quote 99.98x300 100.00x100
      => a filled 100 @ 100 PX30
      quote 99.98x300 100.00x100
      => a filled 100 @ 100 PX30 commission 0.5`,
    balances: { fees: "1.5", cash: "69998.5" },
  },
  {
    title: "[PX64] a profile without regulatory fees charges none",
    profile: { regulatoryFees: false },
    script: `
      quote 99.98x300 100.00x100
      a: sell 100 market
      => a accepted
      => a filled 100 @ 99.98 PX30`,
    balances: { fees: "0", cash: "109998" },
  },
  {
    title: "[PX23] the mark is the middle of the quote, else the last print",
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      print 105.00x100
      quote - 100.00x100
      print 101.00x100`,
    balances: { longMarketValue: "10100", unrealizedPnl: "100" },
  },
  {
    title: "[PX60] below a dollar fills are exact to a hundredth of a cent",
    script: `
      quote 0.4321x3000 0.4325x777
      a: buy 777 market
      => a accepted
      => a filled 777 @ 0.4325 PX30`,
    // 777 × 0.4325 = 336.0525
    balances: { cash: "99663.9475" },
  },
];
