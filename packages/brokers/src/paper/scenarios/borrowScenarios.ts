import type { BorrowTable } from "../money/borrow.ts";
import type { Scenario } from "./Scenario.ts";

const NONE: BorrowTable = { others: { availability: "none" } };
const hard = (shares: string): BorrowTable => ({
  others: { availability: "easy", annualRate: "0" },
  symbols: { SPY: { availability: "hard", annualRate: "0.36", shares } },
});
const easyAt = (annualRate: string): BorrowTable => ({ others: { availability: "easy", annualRate } });

/**
 * Locates: Rule 203(b)(1) of Regulation SHO, https://www.law.cornell.edu/cfr/text/17/242.203. Fees: Interactive Brokers,
 * https://www.ibkrguides.com/reportingreference/reportguide/borrowfeedetails.htm: 102 % of the price up to the dollar, × rate ÷ 360.
 */
export const borrowScenarios: readonly Scenario[] = [
  {
    title: "[PX210] what cannot be borrowed is not sold short",
    profile: { borrow: NONE },
    script: `
      quote 99.98x300 100.02x100
      a: sell 1 market
      => a rejected ORDER_REJECTED PX210
      ? why a PX80 No shares of SPY can be borrowed`,
    balances: { cash: "100000" },
  },
  {
    title: "[PX210] a sale of what is held needs no borrowing",
    profile: { borrow: NONE },
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      b: sell 100 limit 110.00
      => b accepted
      c: sell 1 limit 110.00
      => c rejected ORDER_REJECTED PX210`,
    balances: { reserved: "0" },
  },
  {
    title: "[PX210] a sale that would turn a long into a short is refused whole",
    profile: { borrow: NONE },
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      b: sell 150 market
      => b rejected ORDER_REJECTED PX210
      ? position 100 @ 100`,
  },
  {
    title: "[PX211] what is hard to borrow is sold short as far as shares can be located",
    profile: { borrow: hard("150") },
    script: `
      quote 99.98x300 100.02x100
      a: sell 100 market
      => a accepted
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02
      b: sell 60 market
      => b rejected ORDER_REJECTED PX211
      ? why b PX80 150 shares can be located, and 160 would be short
      c: sell 50 market
      => c accepted
      => c filled 50 @ 99.98 PX30 sec 0.11 taf 0.01
      ? position -150 @ 99.98`,
    // SEC 4999 × 20.6e-6 = 0.1029794.
    balances: { fees: "0.35" },
  },
  {
    title: "[PX211] open sales need a locate too",
    profile: { borrow: hard("150") },
    script: `
      quote 99.98x300 100.02x100
      a: sell 100 limit 110.00
      => a accepted
      b: sell 51 limit 110.00
      => b rejected ORDER_REJECTED PX211
      replace a quantity=151
      => a replace_rejected ORDER_REJECTED PX211
      replace a quantity=150
      => a replaced anew`,
    balances: { reserved: "16500" },
  },
  {
    title: "[PX211] shares that were covered can be located again",
    profile: { borrow: hard("100") },
    script: `
      quote 99.98x300 100.02x300
      a: sell 100 market
      => a accepted
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02
      b: buy 100 market
      => b accepted
      => b filled 100 @ 100.02 PX30
      c: sell 100 market
      => c accepted
      => c filled 100 @ 99.98 PX30 sec 0.21 taf 0.02
      ? position -100 @ 99.98`,
  },
  {
    title: "[PX211] a long that is sold and the short beyond it: only the short is located",
    profile: { borrow: hard("50") },
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      b: sell 151 market
      => b rejected ORDER_REJECTED PX211
      c: sell 150 market
      => c accepted
      => c filled 150 @ 99.98 PX30 sec 0.31 taf 0.03
      ? position -50 @ 99.98`,
  },
  {
    title: "[PX212] a short pays the rate on 102 % of its mark, up to the dollar, for the night",
    script: `
      quote 99.98x100 100.02x100
      a: sell 100 market
      => a accepted
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02
      at +1 10:00
      => borrow SPY -100 @ 102 for 1 is 0.07
      => day 99997.7`,
    // 100 × 102 × 0.0025 ÷ 360 = 0.0708. Equity 109997.77 − 0.07 − 10000.
    balances: { borrowFees: "0.07", fees: "0.23", cash: "109997.7", dayPnl: "0" },
  },
  {
    title: "[PX212] three nights cost three times the night",
    profile: { borrow: hard("100") },
    script: `
      quote 99.98x100 100.02x100
      a: sell 100 market
      => a accepted
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02
      at +3 10:00
      => borrow SPY -100 @ 102 for 3 is 30.6
      => day 99967.17`,
    // 10200 × 0.36 ÷ 360 = 10.20 a night.
    balances: { borrowFees: "30.6" },
  },
  {
    title: "[PX212] a share below a dollar is lent against a whole dollar",
    profile: { borrow: hard("1000") },
    script: `
      quote 0.4900x1000 0.5000x1000
      a: sell 1000 market
      => a accepted
      => a filled 1000 @ 0.49 PX30 sec 0.02 taf 0.2
      at +1 10:00
      => borrow SPY -1000 @ 1 for 1 is 1
      => day 99993.78`,
    // SEC 490 × 20.6e-6 = 0.010094; TAF 0.195. Cash 100489.78 − 1, short 495 at the mark.
    balances: { borrowFees: "1", cash: "100488.78" },
  },
  {
    title: "[PX212] a short that is covered on the same day pays nothing",
    profile: { borrow: hard("100") },
    script: `
      quote 99.98x100 100.00x100
      a: sell 100 market
      => a accepted
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02
      b: buy 100 market
      => b accepted
      => b filled 100 @ 100 PX30
      at +1 10:00
      => day 99997.77`,
    balances: { borrowFees: "0" },
  },
  {
    title: "[PX212] a short that grows pays for the night on what is short at its end",
    profile: { borrow: hard("300") },
    script: `
      quote 99.98x100 100.02x100
      a: sell 100 market
      => a accepted
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02
      at +1 10:00
      => borrow SPY -100 @ 102 for 1 is 10.2
      => day 99987.57
      quote 99.98x200 100.02x200
      b: sell 200 market
      => b accepted
      => b filled 200 @ 99.98 PX30 sec 0.42 taf 0.04
      at +1 10:00
      => borrow SPY -300 @ 102 for 1 is 30.6
      => day 99952.51`,
    // SEC 19996 × 20.6e-6 = 0.4119. 99987.57 − 0.46 − 200 × 0.02 − 30.60.
    balances: { borrowFees: "40.8" },
  },
  {
    title: "[PX212] shorts are charged in the order of their symbols, and a fee below half a cent is none",
    profile: { borrow: easyAt("0.0025") },
    script: `
      quote 99.98x100 100.02x100
      quote 49.99x100 50.01x100 IBM
      a: sell 100 market
      => a accepted
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02
      b: sell 10 market IBM
      => b accepted
      => b filled 10 @ 49.99 PX30 sec 0.02 taf 0.01
      at +1 10:00
      => borrow SPY -100 @ 102 for 1 is 0.07
      => day 99997.57`,
    // IBM: 10 × 51 × 0.0025 ÷ 360 = 0.0035. SEC 499.90 × 20.6e-6 = 0.0103. 100000 − 2 − 0.23 − 0.10 − 0.03 − 0.07.
    balances: { borrowFees: "0.07" },
  },
  {
    title: "[PX212] both symbols pay where both fees are cents",
    profile: { borrow: easyAt("0.36") },
    script: `
      quote 99.98x100 100.02x100
      quote 49.99x100 50.01x100 IBM
      a: sell 100 market
      => a accepted
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02
      b: sell 10 market IBM
      => b accepted
      => b filled 10 @ 49.99 PX30 sec 0.02 taf 0.01
      at +1 10:00
      => borrow IBM -10 @ 51 for 1 is 0.51
      => borrow SPY -100 @ 102 for 1 is 10.2
      => day 99986.93`,
    balances: { borrowFees: "10.71" },
  },
  {
    title: "[PX212] a rate of nothing costs nothing, and longs pay nothing",
    profile: { borrow: easyAt("0") },
    script: `
      quote 99.98x100 100.00x100
      quote 49.99x100 50.00x100 IBM
      a: sell 100 market
      => a accepted
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02
      b: buy 10 market IBM
      => b accepted
      => b filled 10 @ 50 PX30
      at +2 10:00
      => day 99998.72`,
    // Short 100 at 99.99: −1.00; long 10 at 49.995: −0.05; fees 0.23.
    balances: { borrowFees: "0" },
  },
];
