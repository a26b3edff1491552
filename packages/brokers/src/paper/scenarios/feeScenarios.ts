import { ACCESS_FEE_CAP, type ExchangeFeeRow } from "../money/exchangeFees.ts";
import type { Scenario } from "./Scenario.ts";

const PER_ORDER = { perShare: "0", minimumPerOrder: "0", perOrder: "4.95" } as const;
const MAKER_TAKER: readonly ExchangeFeeRow[] = [
  { from: "2007-03-05", removePerShare: "0.003", removeBelowDollar: "0.003", addPerShare: "-0.002" },
];

/** Fees for access: Rule 610(c) of Regulation NMS, https://www.law.cornell.edu/cfr/text/17/242.610. */
export const feeScenarios: readonly Scenario[] = [
  {
    title: "[PX220] a commission an order is charged once, with its first fill",
    profile: { commission: PER_ORDER },
    script: `
      quote 99.98x300 100.00x100
      a: buy 200 limit 100.00
      => a accepted
      => a filled 100 @ 100 PX30 commission 4.95
      quote 99.98x300 100.00x100
      => a filled 100 @ 100 PX30`,
    balances: { fees: "4.95", cash: "79995.05" },
  },
  {
    title: "[PX220] an order that never fills pays no commission",
    profile: { commission: PER_ORDER },
    script: `
      quote 99.98x300 100.02x100
      a: buy 200 limit 99.00
      => a accepted
      cancel a
      => a canceled PX50`,
    balances: { fees: "0" },
  },
  {
    title: "[PX220] a commission an order comes on top of the one a share and its minimum",
    profile: { commission: { perShare: "0.005", minimumPerOrder: "1", perOrder: "2" } },
    script: `
      quote 99.98x300 100.00x300
      a: buy 100 limit 100.00
      => a accepted
      => a filled 100 @ 100 PX30 commission 3
      b: buy 200 limit 100.00
      => b accepted
      => b filled 200 @ 100 PX30 commission 3
      quote 99.98x300 100.00x300
      c: buy 300 limit 100.00
      => c accepted
      => c filled 300 @ 100 PX30 commission 3.5`,
    balances: { fees: "9.5" },
  },
  {
    title: "[PX221] an order that meets the quote as it arrives pays for access",
    profile: { exchangeFees: ACCESS_FEE_CAP },
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30 exchange 0.3`,
    balances: { fees: "0.3", cash: "89999.7", equity: "99998.7" },
  },
  {
    title: "[PX221] a sale pays all its fees",
    profile: { exchangeFees: ACCESS_FEE_CAP },
    script: `
      quote 99.98x300 100.00x100
      a: sell 100 limit 99.98
      => a accepted
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02 exchange 0.3`,
    balances: { fees: "0.53", settledCash: "100000" },
  },
  {
    title: "[PX221] below a dollar the fee is a part of the value, and exact",
    profile: { exchangeFees: ACCESS_FEE_CAP },
    script: `
      quote 0.4321x3000 0.4325x777
      a: buy 777 market
      => a accepted
      => a filled 777 @ 0.4325 PX30 exchange 1.0081575`,
    // 336.0525 × 0.003
    balances: { fees: "1.0081575", cash: "99662.9393425" },
  },
  {
    title: "[PX221] at a dollar exactly the rebate is paid, below it none",
    profile: { exchangeFees: MAKER_TAKER },
    script: `
      quote 1.02x300 1.04x100
      a: buy 100 limit 1.00
      => a accepted
      quote 0.98x300 1.00x100
      => a filled 100 @ 1 PX30 exchange -0.2
      b: buy 100 limit 0.99
      => b accepted
      quote 0.98x300 0.99x100
      => b filled 100 @ 0.99 PX30`,
    balances: { fees: "-0.2", cash: "99801.2" },
  },
  {
    title: "[PX221] a limit order that was met where it rested is paid for it",
    profile: { exchangeFees: MAKER_TAKER },
    script: `
      quote 99.98x300 100.02x100
      a: buy 100 limit 99.00
      => a accepted
      quote 98.98x300 99.00x100
      => a filled 100 @ 99 PX30 exchange -0.2`,
    balances: { fees: "-0.2", cash: "90100.2" },
  },
  {
    title: "[PX221] the part that fills on arrival takes, the part that rested adds",
    profile: { exchangeFees: MAKER_TAKER },
    script: `
      quote 99.98x300 100.00x60
      a: buy 100 limit 100.00
      => a accepted
      => a filled 60 @ 100 PX30 exchange 0.18
      quote 99.98x300 100.00x60
      => a filled 40 @ 100 PX30 exchange -0.08`,
    balances: { fees: "0.1" },
  },
  {
    title: "[PX221] an order without a limit takes, however long it waited",
    profile: { exchangeFees: MAKER_TAKER },
    script: `
      quote 99.98x300 100.00x60
      a: buy 100 market
      => a accepted
      => a filled 60 @ 100 PX30 exchange 0.18
      quote 99.98x300 100.00x60
      => a filled 40 @ 100 PX30 exchange 0.12`,
    balances: { fees: "0.3" },
  },
  {
    title: "[PX221] a stop takes, with or without a limit",
    profile: { exchangeFees: MAKER_TAKER },
    script: `
      print 100.00x100
      quote 99.98x300 100.02x300
      a: buy 100 stop 101.00
      => a accepted
      b: buy 100 stop_limit 101.00 101.05
      => b accepted
      quote 100.98x300 101.00x300
      print 101.00x100
      => a triggered PX36
      => b triggered PX36
      => a filled 100 @ 101 PX30 exchange 0.3
      => b filled 100 @ 101 PX30 exchange 0.3`,
    balances: { fees: "0.6" },
  },
  {
    title: "[PX221] a change that crosses the quote takes",
    profile: { exchangeFees: MAKER_TAKER },
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 limit 99.00
      => a accepted
      replace a price=100.00
      => a replaced anew
      => a filled 100 @ 100 PX30 exchange 0.3`,
    balances: { fees: "0.3" },
  },
  {
    title: "[PX221] a fee holds from its date on",
    profile: {
      exchangeFees: [{ from: "2026-06-02", removePerShare: "0.001", removeBelowDollar: "0.001", addPerShare: "0" }],
    },
    script: `
      quote 99.98x300 100.00x100
      a: buy 100 market
      => a accepted
      => a filled 100 @ 100 PX30
      at +1 10:00
      => day 99999
      quote 99.98x300 100.00x100
      b: buy 100 market
      => b accepted
      => b filled 100 @ 100 PX30 exchange 0.1`,
    balances: { fees: "0.1" },
  },
];
