import type { Scenario } from "./Scenario.ts";

const BRACKET = `
      quote 99.98x300 100.02x200
      a: buy 100 market bracket profit=101 stop=99
      => a accepted
      => a.profit accepted held
      => a.stop accepted held
      => a filled 100 @ 100.02 PX30
      => a.profit activated PX111
      => a.stop activated PX111`;

const RESTING_BRACKET = `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.50 gtc bracket profit=101 stop=99
      => a accepted
      => a.profit accepted held
      => a.stop accepted held`;

/** Linked orders as Alpaca has them: https://docs.alpaca.markets/docs/orders-at-alpaca#bracket-orders */
export const groupScenarios: readonly Scenario[] = [
  {
    title: "[PX111] the exits of a bracket work once the entry is filled whole",
    script: `${RESTING_BRACKET}
      ? why a.profit PX111 The profit exit waits until the entry is filled whole: 0 of 100 are.
      quote 99.46x300 99.50x60
      => a filled 60 @ 99.5 PX30
      ? why a.stop PX111 60 of 100 are.
      quote 99.46x300 99.50x60
      => a filled 40 @ 99.5 PX30
      => a.profit activated PX111
      => a.stop activated PX111
      ? why a.profit PX30 The bid 99.46 is below your limit 101.00.`,
    balances: { cash: "90050" },
  },
  {
    title: "[PX113] the profit fills and the stop is canceled",
    script: `${BRACKET}
      quote 101.00x300 101.04x200
      => a.profit filled 100 @ 101 PX30 sec 0.21 taf 0.02
      => a.stop canceled PX113
      ? flat
      ? why a.stop PX80 Canceled with its group: the profit exit`,
    // 100 × 0.98 = 98 gained, 0.23 paid.
    balances: { cash: "100097.77", realizedPnl: "98" },
  },
  {
    title: "[PX113] the stop goes off and the profit is canceled",
    script: `${BRACKET}
      print 100.00x10
      quote 98.90x300 98.94x200
      print 99.00x10
      => a.stop triggered PX36
      => a.stop filled 100 @ 98.9 PX30 sec 0.21 taf 0.02
      => a.profit canceled PX113
      ? flat`,
    balances: { cash: "99887.77", realizedPnl: "-112" },
  },
  {
    title: "[PX112] a part of the profit leaves the stop only what is left",
    script: `${BRACKET}
      quote 101.00x30 101.04x200
      => a.profit filled 30 @ 101 PX30 sec 0.07 taf 0.01
      => a.stop resized 70 PX112
      print 100.50x10
      quote 98.90x300 98.94x200
      print 98.95x10
      => a.stop triggered PX36
      => a.stop filled 70 @ 98.9 PX30 sec 0.15 taf 0.02
      => a.profit canceled PX113
      ? flat`,
    // 30 × 0.98 − 70 × 1.12 = −49. SEC: 3030 → 0.0625 → 0.07; 6923 → 0.1427 → 0.15. TAF: 0.00585 → 0.01; 0.01365 → 0.02.
    balances: { realizedPnl: "-49", cash: "99950.75" },
  },
  {
    title: "[PX112] a part of the stop leaves the profit only what is left",
    script: `${BRACKET}
      print 100.00x10
      quote 98.90x40 98.94x200
      print 98.90x10
      => a.stop triggered PX36
      => a.stop filled 40 @ 98.9 PX30 sec 0.09 taf 0.01
      => a.profit resized 60 PX112
      ? status a.stop partially_filled
      quote 98.80x300 98.84x200
      => a.stop filled 60 @ 98.8 PX30 sec 0.12 taf 0.01
      => a.profit canceled PX113
      ? flat`,
  },
  {
    title: "[PX113] canceling the entry cancels the exits that wait for it",
    script: `${RESTING_BRACKET}
      cancel a
      => a canceled PX50
      => a.profit canceled PX113
      => a.stop canceled PX113`,
    balances: { reserved: "0" },
  },
  {
    title: "[PX113] canceling an exit that waits cancels the whole group, as any member's end does",
    script: `${RESTING_BRACKET}
      cancel a.stop
      => a.stop canceled PX50
      => a canceled PX113
      => a.profit canceled PX113`,
  },
  {
    title: "[PX113] canceling one exit that works cancels the other; the position stays",
    script: `${BRACKET}
      cancel a.profit
      => a.profit canceled PX50
      => a.stop canceled PX113
      ? position 100 @ 100.02`,
  },
  {
    title: "[PX113] an entry that ends with a part filled takes its exits with it",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.50 bracket profit=101 stop=99
      => a accepted
      => a.profit accepted held
      => a.stop accepted held
      quote 99.46x300 99.50x60
      => a filled 60 @ 99.5 PX30
      at 20:00
      => a expired PX41
      => a.profit canceled PX113
      => a.stop canceled PX113
      => day 99998.8
      ? position 60 @ 99.5`,
    // Marked at 99.48: 60 × −0.02 = −1.20.
  },
  {
    title: "[PX113] the exits of a day bracket end with the day, one by its time and one with it",
    script: `${BRACKET}
      at 20:00
      => a.profit expired PX41
      => a.stop canceled PX113
      => day 99998
      ? position 100 @ 100.02`,
  },
  {
    title: "[PX110] the exits of a gtc bracket stay over night",
    script: `${RESTING_BRACKET}
      quote 99.46x300 99.50x200
      => a filled 100 @ 99.5 PX30
      => a.profit activated PX111
      => a.stop activated PX111
      at +1 09:30
      => day 99998
      quote 101.10x300 101.14x200
      => a.profit filled 100 @ 101.1 PX30 sec 0.21 taf 0.02
      => a.stop canceled PX113`,
  },
  {
    title: "[PX110] a bracket that sells first buys its exits back: the profit below, the stop above",
    script: `
      quote 99.98x300 100.02x200
      a: sell 100 market bracket profit=99 stop=101
      => a accepted
      => a.profit accepted held
      => a.stop accepted held
      => a filled 100 @ 99.98 PX30 sec 0.21 taf 0.02
      => a.profit activated PX111
      => a.stop activated PX111
      quote 98.96x300 99.00x200
      => a.profit filled 100 @ 99 PX30
      => a.stop canceled PX113
      ? flat`,
    balances: { cash: "100097.77", realizedPnl: "98" },
  },
  {
    title:
      "[PX110] exits on the wrong side of the entry or of the market are refused, and nothing of the group is there",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 100.00 bracket profit=99.99 stop=99
      => a rejected INVALID_ORDER PX110
      b: buy 100 limit 100.00 bracket profit=101 stop=100
      => b rejected INVALID_ORDER PX110
      c: buy 100 market bracket profit=101 stop=100.02
      => c rejected INVALID_ORDER PX110
      d: buy 100 limit 100.00 bracket profit=101.001 stop=99
      => d rejected INVALID_ORDER PX12`,
    balances: { reserved: "0" },
  },
  {
    title: "[PX110] an oto has one exit",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 market oto stop=99 limit=98.90
      => a accepted
      => a.stop accepted held
      => a filled 100 @ 100.02 PX30
      => a.stop activated PX111
      print 100.00x10
      quote 98.95x300 98.99x200
      print 98.97x10
      => a.stop triggered PX36
      => a.stop filled 100 @ 98.95 PX30 sec 0.21 taf 0.02
      ? flat`,
  },
  {
    title: "[PX116] an oco closes a position: one exit fills, the other is canceled",
    script: `
      quote 99.98x300 100.02x200
      b: buy 100 market
      => b accepted
      => b filled 100 @ 100.02 PX30
      a: sell 100 limit 101 oco stop=99
      => a accepted
      => a.stop accepted
      quote 101.02x300 101.06x200
      => a filled 100 @ 101.02 PX30 sec 0.21 taf 0.02
      => a.stop canceled PX113
      ? flat`,
    balances: { cash: "100099.77" },
  },
  {
    title: "[PX116] an oco of more than is held is refused; what is being sold already is not held any more",
    script: `
      quote 99.98x300 100.02x200
      b: buy 100 market
      => b accepted
      => b filled 100 @ 100.02 PX30
      a: sell 101 limit 101 oco stop=99
      => a rejected ORDER_REJECTED PX116
      c: sell 60 limit 102
      => c accepted
      d: sell 50 limit 101 oco stop=99
      => d rejected ORDER_REJECTED PX116
      e: sell 40 limit 101 oco stop=99
      => e accepted
      => e.stop accepted`,
  },
  {
    title: "[PX71] a pair of exits holds nothing back: only one of them fills",
    script: `${BRACKET}`,
    balances: { reserved: "0" },
  },
  {
    title: "[PX114] another quantity of the entry is the exits' too, while nothing is filled",
    script: `${RESTING_BRACKET}
      replace a quantity=150
      => a replaced anew
      => a.profit resized 150 PX114
      => a.stop resized 150 PX114
      quote 99.46x300 99.50x50
      => a filled 50 @ 99.5 PX30
      replace a quantity=120
      => a replace_rejected INVALID_ORDER PX114`,
  },
  {
    title: "[PX115] an exit's price can be changed, its quantity and time cannot",
    script: `${BRACKET}
      replace a.profit price=100.50
      => a.profit replaced anew
      replace a.stop stop=99.50
      => a.stop replaced anew
      replace a.stop quantity=50
      => a.stop replace_rejected INVALID_ORDER PX115
      replace a.profit tif=gtc
      => a.profit replace_rejected INVALID_ORDER PX115
      replace a.stop stop=100.60
      => a.stop replace_rejected INVALID_ORDER PX110
      quote 100.50x300 100.54x200
      => a.profit filled 100 @ 100.5 PX30 sec 0.21 taf 0.02
      => a.stop canceled PX113`,
  },
  {
    title: "[PX113] both exits reached in one tick: the one that goes first closes the position alone",
    script: `${BRACKET}
      print 100.00x10
      quote 101.50x300 101.54x200
      => a.profit filled 100 @ 101.5 PX30 sec 0.21 taf 0.02
      => a.stop canceled PX113
      print 98.00x10
      ? flat`,
  },
  {
    title: "[PX117] the exit that is canceled with its group says by whom",
    script: `${BRACKET}
      cancel a.stop
      => a.stop canceled PX50
      => a.profit canceled PX113
      ? why a.profit PX80 Canceled with its group: the stop exit`,
  },
  {
    title: "[PX10] the ids of the exits are used once like any other",
    script: `
      quote 99.98x300 100.02x200
      a-tp: buy 1 limit 90
      => a-tp accepted
      a: buy 100 market bracket profit=101 stop=99
      => a rejected DUPLICATE_ORDER PX10
      ? flat`,
  },
  {
    title: "[PX17] a bracket that cannot be paid is refused whole",
    cash: "1000",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 market bracket profit=101 stop=99
      => a rejected INSUFFICIENT_FUNDS PX17`,
    balances: { reserved: "0" },
  },
];
