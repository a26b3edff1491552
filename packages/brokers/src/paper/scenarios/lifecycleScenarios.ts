import type { Scenario } from "./Scenario.ts";

export const lifecycleScenarios: readonly Scenario[] = [
  {
    title: "[PX50] a resting order is canceled, and its reserve comes back",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.00
      => a accepted
      cancel a
      => a canceled PX50
      ? status a canceled
      quote 98.90x300 98.95x200`,
    balances: { cash: "100000", reserved: "0", buyingPower: "200000" },
  },
  {
    title: "[PX50] a cancel keeps what was filled",
    script: `
      quote 99.98x300 100.02x60
      a: buy 100 market
      => a accepted
      => a filled 60 @ 100.02 PX30
      cancel a
      => a canceled PX50
      ? why a PX80 Canceled on request with 40 not filled.
      ? position 60 @ 100.02`,
  },
  {
    title: "[PX51] what is closed or unknown cannot be canceled",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100.02 PX30
      cancel a
      => a cancel_rejected ORDER_CLOSED PX51
      cancel nobody
      => nobody cancel_rejected ORDER_NOT_FOUND PX51
      b: buy 100 limit 99.00
      => b accepted
      cancel b
      => b canceled PX50
      cancel b
      => b cancel_rejected ORDER_CLOSED PX51`,
  },
  {
    title: "[PX50] a cancel works while the market is closed",
    script: `
      a: buy 100 limit 99.00 gtc
      => a accepted
      at 23:00
      => day 100000
      cancel a
      => a canceled PX50`,
  },
  {
    title: "[PX52] a new limit may fill at once",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.00
      => a accepted
      replace a price=100.02
      => a replaced anew
      => a filled 100 @ 100.02 PX30`,
  },
  {
    title: "[PX53] less quantity keeps the place in the queue; more, or another price, queues anew",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 100.00
      => a accepted
      b: buy 100 limit 100.00
      => b accepted
      replace a quantity=50
      => a replaced
      quote 99.95x300 100.00x20
      => a filled 20 @ 100 PX30
      replace a quantity=70
      => a replaced anew
      quote 99.95x300 100.00x110
      => b filled 100 @ 100 PX30
      => a filled 10 @ 100 PX30`,
  },
  {
    title: "[PX52] the quantity stays above what is filled",
    script: `
      quote 99.98x300 100.02x60
      a: buy 100 limit 100.02
      => a accepted
      => a filled 60 @ 100.02 PX30
      replace a quantity=60
      => a replace_rejected INVALID_ORDER PX52
      replace a quantity=61
      => a replaced
      quote 99.98x300 100.02x60
      => a filled 1 @ 100.02 PX30
      replace a quantity=99
      => a replace_rejected ORDER_CLOSED PX52`,
  },
  {
    title: "[PX52] a change is judged like a new order, and a refused one leaves the order as it was",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.00
      => a accepted
      replace a
      => a replace_rejected INVALID_ORDER PX52
      replace a price=99.005
      => a replace_rejected INVALID_ORDER PX12
      replace a stop=101.00
      => a replace_rejected INVALID_ORDER PX12
      replace a tif=ioc
      => a replace_rejected INVALID_ORDER PX52
      replace a quantity=9000
      => a replace_rejected INSUFFICIENT_FUNDS PX17
      replace nobody price=99.00
      => nobody replace_rejected ORDER_NOT_FOUND PX52
      quote 98.98x300 99.00x200
      => a filled 100 @ 99 PX30`,
  },
  {
    title: "[PX52] a replacement is charged only for what it adds to the reserve",
    script: `
      quote 99.98x300 100.02x200
      a: buy 2000 limit 99.00
      => a accepted
      replace a quantity=2020
      => a replaced anew
      replace a quantity=2021
      => a replace_rejected INSUFFICIENT_FUNDS PX17`,
    // 2020 × 99 = 199980 of 200000.
    balances: { reserved: "199980", buyingPower: "20" },
  },
  {
    title: "[PX52] a day order that becomes good-till-canceled lives on",
    script: `
      a: buy 100 limit 99.00
      => a accepted
      replace a tif=gtc
      => a replaced
      at 20:00
      => day 100000
      ? status a submitted
      replace a tif=day
      => a replaced
      at +1 20:00
      => a expired PX41
      => day 100000`,
  },
  {
    title: "[PX52] the stop of a triggered order changes no more",
    script: `
      quote 100.58x300 100.62x200
      print 100.60x100
      a: buy 100 stop_limit 100.50 100.55
      => a accepted
      => a triggered PX36
      replace a stop=100.70
      => a replace_rejected INVALID_ORDER PX52
      replace a price=100.62
      => a replaced anew
      => a filled 100 @ 100.62 PX30`,
  },
  {
    title: "[PX52] a moved stop may be set off at once",
    script: `
      quote 99.98x300 100.02x200
      print 100.00x100
      a: sell 100 stop 99.00
      => a accepted
      replace a stop=100.00
      => a replaced anew
      => a triggered PX36
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02`,
  },
  {
    title: "[PX52] only what is not filled yet is charged to a replacement",
    script: `
      quote 98.98x300 99.00x1000
      a: buy 2000 limit 99.00
      => a accepted
      => a filled 1000 @ 99 PX30
      replace a price=99.01
      => a replaced anew`,
    // Equity 99990, initial margin 49495, and 1000 × 99.01 still open.
    balances: { reserved: "99010", buyingPower: "1980" },
  },
];
