import type { Scenario } from "./Scenario.ts";

/** Orders with an end, in parts of a share, and for an amount of money. */
export const orderKindScenarios: readonly Scenario[] = [
  {
    title: "[PX83] a gtc order ends at its own instant",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.00 gtc until=+2/10:30
      => a accepted
      at +1 20:00
      => day 100000
      at +1 11:00
      => a expired PX83
      ? why a PX80 Its time ran out with 100 not filled.`,
  },
  {
    title: "[PX83] an end that has passed is refused",
    script: `
      a: buy 100 limit 99.00 gtc until=09:59
      => a rejected INVALID_ORDER PX83`,
  },
  {
    title: "[PX84] a market day order may be for parts of a share",
    // Of PART: 0.123456789 × 100.02 = 12.348148… → 12.348148036 (half even of 12.34814803578),
    // and a 0.123456789th of that is 100.0200000018….
    script: `
      quote 99.98x300 100.02x200 PART
      a: buy 0.123456789 market PART
      => a accepted
      => a filled 0.123456789 @ 100.02 PX30
      ? position 0.123456789 @ 100.020000002 PART`,
    balances: { cash: "99987.651851964" },
  },
  {
    title: "[PX84] parts of a share are for market and limit orders of the day, and for what is traded in parts",
    script: `
      quote 99.98x300 100.02x200 PART
      quote 99.98x300 100.02x200
      a: buy 1.5 limit 99.00 PART
      => a accepted
      b: buy 1.5 limit 99.00 gtc PART
      => b rejected INVALID_ORDER PX12
      c: buy 1.5 stop 101 PART
      => c rejected INVALID_ORDER PX12
      d: buy 1.5 market
      => d rejected INVALID_ORDER PX12
      e: buy 1.5 market ioc PART
      => e rejected INVALID_ORDER PX12`,
  },
  {
    title: "[PX84] parts of a share cannot be sold short",
    script: `
      quote 99.98x300 100.02x200 PART
      a: sell 0.5 market PART
      => a rejected ORDER_REJECTED PX84
      b: buy 1.5 market PART
      => b accepted
      => b filled 1.5 @ 100.02 PX30
      c: sell 1.6 market PART
      => c rejected ORDER_REJECTED PX84
      d: sell 1.5 market PART
      => d accepted
      => d filled 1.5 @ 99.98 PX30 sec 0.01 taf 0.01
      ? flat PART`,
    balances: { cash: "99999.92" },
  },
  {
    title: "[PX84] what a part of a share took of a quote leaves whole lots to the others",
    script: `
      quote 99.98x300 100.02x100 PART
      a: buy 0.5 market PART
      => a accepted
      => a filled 0.5 @ 100.02 PX30
      b: buy 100 market PART
      => b accepted
      => b filled 99 @ 100.02 PX30
      ? status b partially_filled
      quote 99.98x300 100.02x100 PART
      => b filled 1 @ 100.02 PX30`,
  },
  {
    title: "[PX85] an amount of money buys what it makes at the ask, cut to 1e-9 shares",
    // 500 ÷ 100.02 = 4.999000199960… → 4.999000199 shares, which cost 499.999999904 (4.999000199 × 100.02 = 499.99999990398).
    script: `
      quote 99.98x300 100.02x200 PART
      a: buy $500 market PART
      => a accepted 4.999000199
      => a filled 4.999000199 @ 100.02 PX30`,
    balances: { cash: "99500.000000096" },
  },
  {
    title: "[PX85] an amount of money needs an instrument that trades in parts",
    script: `
      quote 99.98x300 100.02x200
      a: buy $500 market
      => a rejected INVALID_ORDER PX85`,
  },
  {
    title: "[PX85] an amount of money needs a price, and enough to make a part of a share",
    script: `
      a: buy $500 market PART
      => a rejected NO_MARKET_DATA PX15
      quote 99.98x300 100.02x200 PART
      b: buy $0.00000005 market PART
      => b rejected INVALID_ORDER PX85`,
  },
  {
    title: "[PX17] an amount of money is checked like the shares it makes",
    cash: "100",
    // 199 ÷ 100.02 = 1.9896020795… shares.
    script: `
      quote 99.98x300 100.02x200 PART
      a: buy $201 market PART
      => a rejected INSUFFICIENT_FUNDS PX17
      b: buy $199 market PART
      => b accepted 1.989602079
      => b filled 1.989602079 @ 100.02 PX30`,
  },
  {
    title: "[PX103] a profile that does not look at sizes fills more than is shown",
    profile: { sizeModel: "unlimited", queueModel: "none" },
    script: `
      quote 99.98x300 100.02x200
      a: buy 500 market
      => a accepted
      => a filled 500 @ 100.02 PX30`,
  },
  {
    title:
      "[PX103] with a hundred percent, every fill that could be whole is a random part, the rest waits for the next quote",
    profile: { sizeModel: "unlimited", partialFillPercent: 100 },
    script: `
      quote 99.98x300 100.02x200
      a: buy 2 market
      => a accepted
      => a filled 1 @ 100.02 PX30
      quote 99.98x300 100.02x200
      => a filled 1 @ 100.02 PX30`,
  },
  {
    title: "[PX103] fill-or-kill is whole whatever the profile",
    profile: { sizeModel: "unlimited", partialFillPercent: 100 },
    script: `
      quote 99.98x300 100.02x200
      a: buy 500 market fok
      => a accepted
      => a filled 500 @ 100.02 PX30`,
  },
];
