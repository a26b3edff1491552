import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { multiply, parseFixed, type Fixed } from "../domain/decimal.ts";
import type { OrderFilled, PaperEvent } from "./PaperEvent.ts";
import { paperEventSchema } from "./paperEventSchema.ts";
import { PaperExchange } from "./PaperExchange.ts";
import type { PaperSnapshot } from "./PaperSnapshot.ts";
import { paperSnapshotSchema } from "./paperSnapshotSchema.ts";
import { DEFAULT_PAPER_PROFILE } from "./profile.ts";
import { paperConfig, TEN_O_CLOCK } from "./scenarios/fixture.ts";
import { anyDay, DayRun, type Act } from "./scenarios/randomDay.ts";
import { SeenBook } from "./scenarios/SeenBook.ts";

const CONFIG = paperConfig({
  profile: {
    ...DEFAULT_PAPER_PROFILE,
    commission: { perShare: "0.005", minimumPerOrder: "1" },
    participationRate: "0.7",
  },
});
/** A failing run prints its seed and path; give both here to see it again. */
const RUNS = { numRuns: 200 };

const newRun = (): DayRun => new DayRun(PaperExchange.create(CONFIG), TEN_O_CLOCK);
const play = (acts: readonly Act[]): PaperEvent[] => {
  const run = newRun();
  return acts.flatMap((act) => run.do(act));
};
const isFill = (event: PaperEvent): event is OrderFilled => event.type === "order_filled";
const throughJson = (snapshot: PaperSnapshot): PaperSnapshot =>
  paperSnapshotSchema.parse(JSON.parse(JSON.stringify(snapshot)));

/** A snapshot without what only ticks tell. */
function account(exchange: PaperExchange): unknown {
  const { phase: _phase, at: _at, symbols, ...rest } = exchange.snapshot();
  return {
    ...rest,
    holdings: symbols
      .map(({ market: _market, ...holding }) => holding)
      .filter(({ quantity, realized }) => quantity !== "0" || realized !== "0"),
  };
}

describe("a paper account under anything", { timeout: 60_000 }, () => {
  it("[PX63] equity is starting cash + realised + unrealised − fees − borrow fees, and cash and shares are what the fills say", () => {
    fc.assert(
      fc.property(anyDay, (acts) => {
        const run = newRun();
        let cash = parseFixed(CONFIG.startingCash);
        const held = new Map<string, Fixed>();
        for (const act of acts) {
          const events = run.do(act);
          for (const event of events) {
            if (event.type === "borrow_fee_charged") cash -= parseFixed(event.amount);
          }
          for (const fill of events.filter(isFill)) {
            const sign = fill.side === "buy" ? 1n : -1n;
            const quantity = parseFixed(fill.quantity);
            cash -= sign * multiply(quantity, parseFixed(fill.price), "half_even");
            cash -= parseFixed(fill.fees.commission) + parseFixed(fill.fees.sec) + parseFixed(fill.fees.taf);
            held.set(fill.symbol, (held.get(fill.symbol) ?? 0n) + sign * quantity);
          }
          const balances = run.exchange.balances(run.now);
          expect(parseFixed(balances.cash)).toBe(cash);
          expect(parseFixed(balances.equity)).toBe(
            parseFixed(CONFIG.startingCash) +
              parseFixed(balances.realizedPnl) +
              parseFixed(balances.unrealizedPnl) -
              parseFixed(balances.fees) -
              parseFixed(balances.borrowFees ?? "0"),
          );
          const positions = run.exchange.positions().map(({ symbol, quantity }) => [symbol, parseFixed(quantity)]);
          expect(positions).toEqual(
            [...held].filter(([, quantity]) => quantity !== 0n).toSorted(([a], [b]) => (a < b ? -1 : 1)),
          );
        }
      }),
      RUNS,
    );
  });

  it("[PX30] no fill is better than the book, through the limit, or more than was shown or ordered", () => {
    fc.assert(
      fc.property(anyDay, (acts) => {
        const run = newRun();
        const book = new SeenBook(0.7);
        const wrong: unknown[] = [];
        for (const act of acts) {
          if (act.kind === "tick") book.see(act.tick);
          for (const fill of run.do(act).filter(isFill))
            wrong.push(...book.faultsOf(fill, run.exchange.order(fill.orderId)));
        }
        expect(wrong).toEqual([]);
        expect(
          run.exchange.orders().filter(({ filledQuantity, quantity }) => Number(filledQuantity) > Number(quantity)),
        ).toEqual([]);
      }),
      RUNS,
    );
  });

  it("[PX71] the reserve is never negative and is nothing when no order is open", () => {
    fc.assert(
      fc.property(anyDay, (acts) => {
        const run = newRun();
        const wrong = acts.filter((act) => {
          run.do(act);
          const reserved = parseFixed(run.exchange.balances(run.now).reserved);
          return reserved < 0n || (reserved > 0n && run.exchange.openOrders().length === 0);
        });
        expect(wrong).toEqual([]);
        for (const { orderId } of run.exchange.openOrders()) run.exchange.cancel(run.now, orderId);
        expect(run.exchange.balances(run.now).reserved).toBe("0");
      }),
      RUNS,
    );
  });

  it("[PX34] fill-or-kill fills whole or not at all, and neither it nor immediate-or-cancel ever rests", () => {
    fc.assert(
      fc.property(anyDay, (acts) => {
        const run = newRun();
        for (const act of acts) run.do(act);
        const orders = run.exchange.orders();
        const partly = orders.filter(
          ({ timeInForce, filledQuantity, quantity }) =>
            timeInForce === "fok" && filledQuantity !== "0" && filledQuantity !== quantity,
        );
        expect(partly).toEqual([]);
        const resting = run.exchange
          .openOrders()
          .filter(({ timeInForce }) => timeInForce === "fok" || timeInForce === "ioc");
        expect(resting).toEqual([]);
      }),
      RUNS,
    );
  });

  it("[PX2] numbers are gapless, time never falls, every event survives JSON, and the same day gives the same journal", () => {
    fc.assert(
      fc.property(anyDay, (acts) => {
        const journal = play(acts);
        journal.forEach((event, index) => {
          expect(event.seq).toBe(index + 1);
          expect(event.at).toBeGreaterThanOrEqual(journal[index - 1]?.at ?? 0);
        });
        const text = JSON.stringify(journal);
        expect(JSON.stringify(play(acts))).toBe(text);
        expect(paperEventSchema.array().parse(JSON.parse(text))).toEqual(journal);
      }),
      RUNS,
    );
  });

  it("[PX2] folding the journal at any point gives the account that lived it", () => {
    fc.assert(
      fc.property(anyDay, fc.nat(79), (acts, cut) => {
        const run = newRun();
        const journal = acts.slice(0, cut + 1).flatMap((act) => run.do(act));
        expect(account(PaperExchange.restore(CONFIG, null, journal))).toEqual(account(run.exchange));
      }),
      RUNS,
    );
  });

  it("[PX4] a snapshot and the events after it give the account that lived on", () => {
    fc.assert(
      fc.property(anyDay, fc.nat(79), (acts, cut) => {
        const run = newRun();
        for (const act of acts.slice(0, cut)) run.do(act);
        const snapshot = throughJson(run.exchange.snapshot());
        const later = acts.slice(cut).flatMap((act) => run.do(act));
        expect(account(PaperExchange.restore(CONFIG, snapshot, later))).toEqual(account(run.exchange));
      }),
      RUNS,
    );
  });

  it("[PX4] an account restored from a snapshot goes on byte for byte as if it had never stopped", () => {
    fc.assert(
      fc.property(anyDay, fc.nat(79), (acts, cut) => {
        const lived = newRun();
        for (const act of acts.slice(0, cut)) lived.do(act);
        const snapshot = throughJson(lived.exchange.snapshot());
        const restored = lived.continueWith(PaperExchange.restore(CONFIG, snapshot, []));
        expect(restored.exchange.snapshot()).toEqual(snapshot);
        for (const act of acts.slice(cut)) {
          expect(JSON.stringify(restored.do(act))).toBe(JSON.stringify(lived.do(act)));
        }
        expect(restored.exchange.snapshot()).toEqual(lived.exchange.snapshot());
      }),
      RUNS,
    );
  });
});
