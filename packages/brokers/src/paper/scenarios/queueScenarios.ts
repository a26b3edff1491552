import type { Scenario } from "./Scenario.ts";

/** The place of a resting order in the queue at its price, which a tape can only tell by what it shows and prints. */
export const queueScenarios: readonly Scenario[] = [
  {
    title: "[PX104] an order at the bid stands behind the size shown, and prints there serve it first",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.98
      => a accepted
      ? why a PX30 300 are before it at its price.
      print 99.98x200
      ? why a PX30 100 are before it at its price.
      print 99.98x150
      => a filled 50 @ 99.98 PX105
      ? why a PX30 Nobody is before it at its price.
      print 99.98x500
      => a filled 50 @ 99.98 PX105`,
    balances: { cash: "90002" },
  },
  {
    title: "[PX104] a sale at the ask stands behind the size shown there",
    script: `
      quote 99.98x300 100.02x200
      a: sell 100 limit 100.02
      => a accepted
      print 100.02x200
      print 100.02x100
      => a filled 100 @ 100.02 PX105 sec 0.21 taf 0.02`,
    balances: { cash: "110001.77" },
  },
  {
    title: "[PX104] who leaves is taken to have stood behind us, until less is shown than stands before us",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.98
      => a accepted
      quote 99.98x500 100.02x200
      ? why a PX30 300 are before it at its price.
      quote 99.98x80 100.02x200
      ? why a PX30 80 are before it at its price.
      quote 99.98x400 100.02x200
      ? why a PX30 80 are before it at its price.`,
  },
  {
    title: "[PX104] nobody stands before an order that is better than the best quote of its side",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 100.00
      => a accepted
      ? why a PX30 Nobody is before it at its price.
      print 100.00x60
      => a filled 60 @ 100 PX105`,
  },
  {
    title: "[PX104] who stands before an order below the bid is not known until the bid comes to it",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.90
      => a accepted
      quote 99.90x250 99.94x200
      ? why a PX30 250 are before it at its price.
      print 99.90x250
      print 99.90x10
      => a filled 10 @ 99.9 PX105`,
  },
  {
    title: "[PX105] a print above a buy limit serves nobody there",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.98
      => a accepted
      print 100.00x1000
      print 100.02x1000
      ? why a PX30 300 are before it at its price.`,
  },
  {
    title: "[PX106] a print beyond the limit fills at the limit, whoever stood before it",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.98
      => a accepted
      print 99.97x70
      => a filled 70 @ 99.98 PX106
      print 99.98x30
      => a filled 30 @ 99.98 PX105`,
    balances: { cash: "90002" },
  },
  {
    title: "[PX106] the print is shared by the orders it passed, the better price first",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.97
      => a accepted
      b: buy 100 limit 99.98
      => b accepted
      print 99.96x130
      => b filled 100 @ 99.98 PX106
      => a filled 30 @ 99.97 PX106`,
  },
  {
    title: "[PX105] the participation rate holds for what the queue before us leaves of a print",
    profile: { participationRate: "0.5" },
    script: `
      quote 99.98x100 100.02x200
      a: buy 100 limit 99.98
      => a accepted
      print 99.98x180
      => a filled 40 @ 99.98 PX105`,
  },
  {
    title: "[PX53] fewer shares keep the place in the queue, another price joins anew",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.98
      => a accepted
      print 99.98x250
      replace a quantity=80
      => a replaced
      ? why a PX30 50 are before it at its price.
      replace a price=99.97
      => a replaced anew
      replace a price=99.98
      => a replaced anew
      ? why a PX30 300 are before it at its price.`,
  },
  {
    title: "[PX104] a queue does not last over the end of a session",
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 99.98 gtc
      => a accepted
      print 99.98x250
      at +1 09:30
      => day 100000
      quote 99.98x900 100.02x200
      ? why a PX30 900 are before it at its price.`,
  },
  {
    title: "[PX106] with the model that waits for the price to be passed, a print at the limit fills nothing",
    profile: { queueModel: "through" },
    script: `
      quote 99.98x300 100.02x200
      a: buy 100 limit 100.00
      => a accepted
      print 100.00x500
      print 99.99x40
      => a filled 40 @ 100 PX106`,
  },
];
