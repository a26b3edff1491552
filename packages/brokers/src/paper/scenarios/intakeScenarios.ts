import type { Scenario } from "./Scenario.ts";

export const intakeScenarios: readonly Scenario[] = [
  {
    title: "[PX10] a client order id is used once, also by an order that was refused",
    script: `
      quote 99.98x300 100.02x200
      a: buy 10 market
      => a accepted
      => a filled 10 @ 100.02 PX30
      a: buy 10 market
      => a rejected DUPLICATE_ORDER PX10
      ? status a filled
      b: buy 0.5 market
      => b rejected INVALID_ORDER PX12
      b: buy 10 market
      => b rejected DUPLICATE_ORDER PX10
      ? status b rejected`,
    balances: { cash: "98999.8" },
  },
  {
    title: "[PX11] an unknown symbol",
    script: `
      a: buy 10 market NOPE
      => a rejected SYMBOL_NOT_FOUND PX11
      ? why a PX80 No instrument is called NOPE.`,
  },
  {
    title: "[PX12] a quantity off the lot, zero or negative is refused with the nearest",
    script: `
      quote 99.98x300 100.02x200
      a: buy 10.4 market
      => a rejected INVALID_ORDER PX12
      ? why a PX80 A quantity is a multiple of 1 above zero, not 10.4; the nearest is 10.
      b: buy 0 market
      => b rejected INVALID_ORDER PX12
      ? why b PX80 the nearest is 1.
      c: buy -5 market
      => c rejected INVALID_ORDER PX12`,
  },
  {
    title: "[PX12] a fraction of a share goes where the lot allows it",
    script: `
      quote 99.98x1.5 100.02x1.5 FRAC
      a: buy 0.125 market FRAC
      => a accepted
      => a filled 0.125 @ 100.02 PX30
      b: buy 0.0005 market FRAC
      => b rejected INVALID_ORDER PX12`,
    balances: { cash: "99987.4975" },
  },
  {
    title: "[PX12] at or above one dollar the tick is a cent",
    script: `
      a: buy 10 limit 100.005
      => a rejected INVALID_ORDER PX12
      ? why a PX80 The limit price 100.005 is not a multiple of 0.01 above zero; the nearest is 100.01.
      b: buy 10 stop 100.001
      => b rejected INVALID_ORDER PX12
      ? why b PX80 The stop price 100.001 is not a multiple of 0.01 above zero; the nearest is 100.
      c: buy 10 limit 1.00
      => c accepted`,
  },
  {
    title: "[PX12] below one dollar the tick is a hundredth of a cent",
    script: `
      a: buy 10 limit 0.9999
      => a accepted
      b: buy 10 limit 0.99995
      => b rejected INVALID_ORDER PX12
      c: buy 10 limit 0
      => c rejected INVALID_ORDER PX12
      ? why c PX80 the nearest is 0.0001.`,
  },
  {
    title: "[PX12] prices that the type needs, and none that it has not",
    script: `
      quote 99.98x300 100.02x200
      a: buy 10 limit
      => a rejected INVALID_ORDER PX12
      ? why a PX80 A limit order needs a limit price.
      b: buy 10 market 100.00
      => b rejected INVALID_ORDER PX12
      ? why b PX80 A market order has no limit price.
      c: buy 10 stop_limit 100.00
      => c rejected INVALID_ORDER PX12`,
  },
  {
    title: "[PX13] combinations that cannot be",
    script: `
      quote 99.98x300 100.02x200
      a: buy 10 stop 101.00 opg
      => a rejected INVALID_ORDER PX13
      b: buy 10 stop_limit 101.00 101.10 cls
      => b rejected INVALID_ORDER PX13
      c: buy 10 stop 101.00 ioc
      => c rejected INVALID_ORDER PX13
      d: buy 10 market ext
      => d rejected INVALID_ORDER PX13
      ? why d PX80 Only limit orders trade in extended hours, not market orders.`,
  },
  {
    title: "[PX15] a market order without a market",
    script: `
      a: buy 10 market
      => a rejected NO_MARKET_DATA PX15
      ? why a PX80 no tick was seen yet
      b: buy 10 limit 100.00
      => b accepted
      ? why b PX22 There is no fresh ask to trade 10 against.`,
  },
  {
    title: "[PX16] what cannot be sold short is sold as far as it is held, open sales taken off",
    script: `
      quote 99.98x300 100.02x200 HARD
      a: sell 10 market HARD
      => a rejected ORDER_REJECTED PX16
      ? why a PX80 HARD cannot be sold short: 0 are held, 0 are being sold, so at most 0 can be sold.
      b: buy 100 market HARD
      => b accepted
      => b filled 100 @ 100.02 PX30
      c: sell 60 limit 101.00 HARD
      => c accepted
      d: sell 60 limit 101.00 HARD
      => d rejected ORDER_REJECTED PX16
      ? why d PX80 so at most 40 can be sold.
      e: sell 40 limit 101.00 HARD
      => e accepted`,
  },
  {
    title: "[PX17] an order beyond buying power is refused with what it needs and what there is",
    script: `
      quote 99.98x9000 100.00x9000
      a: buy 2001 market
      => a rejected INSUFFICIENT_FUNDS PX17
      ? why a PX80 The order needs 100050.00 of initial margin at 100.00 a share, and 100000.00 is available.
      b: buy 2000 market
      => b accepted
      => b filled 2000 @ 100 PX30
      c: buy 1 limit 1.00
      => c rejected INSUFFICIENT_FUNDS PX17`,
    // The mark is 99.99: equity 99980, initial margin 99990.
    balances: { cash: "-100000", equity: "99980", buyingPower: "0" },
  },
];
