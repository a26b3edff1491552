import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFixed } from "../domain/decimal.ts";
import { clientOrderId } from "../domain/ids.ts";
import type { Order } from "../domain/order.ts";
import type { OrderFilled, PaperEvent } from "./PaperEvent.ts";
import { exitFaults } from "./fuzz/exitFaults.ts";
import { paperEventSchema } from "./paperEventSchema.ts";
import { PaperExchange } from "./PaperExchange.ts";
import type { PaperSnapshot } from "./PaperSnapshot.ts";
import { paperSnapshotSchema } from "./paperSnapshotSchema.ts";
import { DEFAULT_PAPER_PROFILE, type PaperProfile } from "./profile.ts";
import { ALPACA_LIKE_PROFILE, PESSIMISTIC_PROFILE } from "./profiles.ts";
import { paperConfig, TEN_O_CLOCK } from "./scenarios/fixture.ts";
import { DayRun } from "./scenarios/randomDay.ts";
import { anyOfficialAct, anySpecialAct, anySpecialDay } from "./scenarios/randomSpecialDay.ts";
import { SeenBook } from "./scenarios/SeenBook.ts";

/** A failing run prints its seed and path; give both here to see it again. */
const RUNS = { numRuns: 150 };
const OPEN: readonly string[] = ["submitted", "partially_filled"];

const profile = fc.constantFrom<PaperProfile>(
  DEFAULT_PAPER_PROFILE,
  DEFAULT_PAPER_PROFILE,
  { ...DEFAULT_PAPER_PROFILE, participationRate: "0.5", partialFillPercent: 50 },
  ALPACA_LIKE_PROFILE,
  PESSIMISTIC_PROFILE,
);
const anyWildDay = fc.array(
  fc.oneof({ weight: 20, arbitrary: anySpecialAct }, { weight: 1, arbitrary: anyOfficialAct }),
  {
    minLength: 1,
    maxLength: 80,
    size: "max",
  },
);

const newRun = (terms: PaperProfile): DayRun =>
  new DayRun(PaperExchange.create(paperConfig({ profile: terms })), TEN_O_CLOCK);
const isFill = (event: PaperEvent): event is OrderFilled => event.type === "order_filled";
const isOpen = ({ status }: Order): boolean => OPEN.includes(status);
const left = ({ quantity, filledQuantity }: Order): bigint => parseFixed(quantity) - parseFixed(filledQuantity);
const throughJson = (snapshot: PaperSnapshot): PaperSnapshot =>
  paperSnapshotSchema.parse(JSON.parse(JSON.stringify(snapshot)));

function groupsOf(exchange: PaperExchange): readonly (readonly Order[])[] {
  const groups = new Map<string, Order[]>();
  for (const order of exchange.orders()) {
    if (order.group === undefined) continue;
    groups.set(order.group.id, [...(groups.get(order.group.id) ?? []), order]);
  }
  return [...groups.values()];
}

/** What is wrong with a linked group; empty where nothing is. */
function faultsOf(members: readonly Order[], held: ReadonlySet<string>): readonly string[] {
  const entry = members.find(({ group }) => group?.role === "entry");
  const exits = members.filter((order) => order !== entry);
  const open = exits.filter(isOpen);
  const ended = members.filter((order) => !isOpen(order) && order.status !== "filled");
  const closed = exits.reduce((sum, { filledQuantity }) => sum + parseFixed(filledQuantity), 0n);
  const entered = entry === undefined ? undefined : parseFixed(entry.filledQuantity);
  const faults = {
    "an exit works though a member ended": ended.length > 0 && members.some(isOpen),
    "an exit works before its entry is whole": entry !== undefined && isOpen(entry) && closed > 0n,
    "an exit that works is held": entry?.status === "filled" && open.some(({ orderId }) => held.has(orderId)),
    "an exit waits for nothing": entry !== undefined && !isOpen(entry) && entry.status !== "filled" && open.length > 0,
    "exits close more than was opened": entered !== undefined && closed > entered,
    "exits differ in what is left": open.length === 2 && new Set(open.map(left)).size > 1,
    "one exit is done and the other works": exits.some(({ status }) => status === "filled") && open.length > 0,
  };
  return Object.entries(faults).flatMap(([fault, isSo]) => (isSo ? [`${fault}: ${JSON.stringify(members)}`] : []));
}

const heldIn = (exchange: PaperExchange): ReadonlySet<string> =>
  new Set(exchange.snapshot().orders.flatMap(({ orderId, isHeld }) => (isHeld === true ? [orderId] : [])));
const allFaults = (exchange: PaperExchange): readonly string[] => {
  const held = heldIn(exchange);
  return groupsOf(exchange).flatMap((members) => faultsOf(members, held));
};

describe("special orders under anything", { timeout: 60_000 }, () => {
  it("[PX113] no sequence of fills, cancels, replacements, halts and expiries leaves an orphan exit", () => {
    fc.assert(
      fc.property(profile, anyWildDay, (terms, acts) => {
        const run = newRun(terms);
        const wrong = acts.flatMap((act) => {
          run.do(act);
          return allFaults(run.exchange);
        });
        expect(wrong).toEqual([]);
      }),
      RUNS,
    );
  });

  it("[PX118] no sequence of anything lets exits be for more than is held, a pair counted once", () => {
    fc.assert(
      fc.property(profile, anyWildDay, (terms, acts) => {
        const run = newRun(terms);
        const wrong = acts.flatMap((act) => {
          run.do(act);
          return exitFaults(run.exchange);
        });
        expect(wrong).toEqual([]);
      }),
      RUNS,
    );
  });

  it("[PX86] what refusalOf says of an order is what submit answers, and asking changes nothing", () => {
    fc.assert(
      fc.property(profile, anyWildDay, (terms, acts) => {
        const run = newRun(terms);
        const unasked = newRun(terms);
        for (const act of acts) {
          for (const each of [run, unasked]) each.do({ kind: "advance", waitMs: act.waitMs });
          const refusal =
            act.kind === "submit"
              ? run.exchange.refusalOf(run.now, { ...act.order, clientOrderId: clientOrderId("asked") })
              : undefined;
          const events = run.do({ ...act, waitMs: 0 });
          expect(unasked.do({ ...act, waitMs: 0 })).toEqual(events);
          const answer = refusal === undefined ? { type: "order_accepted" } : { type: "order_rejected", ...refusal };
          expect(act.kind === "submit" ? events[0] : answer).toMatchObject(answer);
        }
        expect(run.exchange.snapshot()).toEqual(unasked.exchange.snapshot());
      }),
      RUNS,
    );
  });

  it("[PX117] a journal that ends anywhere, even within a call, restores to groups that are in order", () => {
    fc.assert(
      fc.property(profile, anyWildDay, (terms, acts) => {
        const run = newRun(terms);
        const journal = acts.flatMap((act) => run.do(act));
        const grouped = new Set<string>(
          groupsOf(run.exchange)
            .flat()
            .map(({ orderId }) => orderId),
        );
        // Where something happened to a member, its group may be half way.
        const cuts = journal.flatMap((event, index) =>
          "orderId" in event && grouped.has(event.orderId) ? index + 1 : [],
        );
        for (const cut of cuts) {
          const before = journal.slice(0, cut);
          // All members are there before any of them can change.
          if (journal[cut]?.type === "order_accepted") continue;
          const restored = PaperExchange.restore(paperConfig({ profile: terms }), null, before);
          const more = restored.advanceTo(restored.now);
          expect([...allFaults(restored), ...exitFaults(restored)]).toEqual([]);
          const again = PaperExchange.restore(paperConfig({ profile: terms }), null, [...before, ...more]);
          expect(again.orders()).toEqual(restored.orders());
          expect(again.advanceTo(again.now)).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it("[PX30] no fill of any kind is better than the book, through the limit, or more than was shown or ordered", () => {
    fc.assert(
      fc.property(fc.constantFrom("displayed" as const, "through" as const), anySpecialDay, (queueModel, acts) => {
        const run = newRun({ ...DEFAULT_PAPER_PROFILE, participationRate: "0.7", queueModel });
        const book = new SeenBook(0.7);
        const wrong: unknown[] = [];
        for (const act of acts) {
          if (act.kind === "tick") book.see(act.tick);
          for (const fill of run.do(act).filter(isFill))
            wrong.push(...book.faultsOf(fill, run.exchange.order(fill.orderId)));
        }
        expect(wrong).toEqual([]);
        expect(run.exchange.orders().filter((order) => left(order) < 0n)).toEqual([]);
      }),
      RUNS,
    );
  });

  it("[PX96] nothing fills and no stop goes off in a symbol while it is halted", () => {
    fc.assert(
      fc.property(profile, anySpecialDay, (terms, acts) => {
        const run = newRun(terms);
        const halted = new Set<string>();
        const wrong: PaperEvent[] = [];
        for (const act of acts) {
          for (const event of run.do(act)) {
            if (event.type === "symbol_status") {
              if (event.status === "resumed") halted.delete(event.symbol);
              else halted.add(event.symbol);
            }
            const isActive =
              event.type === "order_filled" || event.type === "order_triggered" || event.type === "order_trailed";
            if (isActive && halted.has(run.exchange.order(event.orderId)?.symbol ?? "")) wrong.push(event);
          }
        }
        expect(wrong).toEqual([]);
      }),
      RUNS,
    );
  });

  it("[PX82] a trailing stop never moves away from the market", () => {
    fc.assert(
      fc.property(profile, anySpecialDay, (terms, acts) => {
        const run = newRun(terms);
        const stops = new Map<string, bigint>();
        const wrong: unknown[] = [];
        for (const event of acts.flatMap((act) => run.do(act))) {
          if (event.type === "order_accepted" && event.trail !== undefined) {
            stops.set(event.orderId, parseFixed(event.stopPrice ?? "0"));
          }
          if (event.type !== "order_trailed") continue;
          const stop = parseFixed(event.stopPrice);
          const before = stops.get(event.orderId) ?? 0n;
          const isSale = run.exchange.order(event.orderId)?.side === "sell";
          if (isSale ? stop <= before : stop >= before) wrong.push(event);
          stops.set(event.orderId, stop);
        }
        expect(wrong).toEqual([]);
      }),
      RUNS,
    );
  });

  it("[PX92] [PX93] an order for an auction never rests past it, and fills nowhere else", () => {
    fc.assert(
      fc.property(profile, anySpecialDay, (terms, acts) => {
        const run = newRun(terms);
        const fills = acts.flatMap((act) => run.do(act)).filter(isFill);
        const strange = fills.filter(({ orderId, reason }) => {
          const order = run.exchange.order(orderId);
          if (order?.timeInForce === "opg") return reason.rule !== "PX92";
          return order?.timeInForce === "cls" && reason.rule !== "PX93";
        });
        expect(strange).toEqual([]);
        run.exchange.advanceTo(run.now + 5 * 86_400_000);
        expect(run.exchange.openOrders().filter(({ timeInForce }) => timeInForce !== "gtc")).toEqual([]);
      }),
      RUNS,
    );
  });

  it("[PX2] every event and snapshot survives JSON, and the same day gives the same journal", () => {
    fc.assert(
      fc.property(profile, anyWildDay, (terms, acts) => {
        const run = newRun(terms);
        const journal = acts.flatMap((act) => run.do(act));
        journal.forEach((event, index) => {
          expect(event.seq).toBe(index + 1);
          expect(event.at).toBeGreaterThanOrEqual(journal[index - 1]?.at ?? 0);
        });
        const twin = newRun(terms);
        const text = JSON.stringify(journal);
        expect(JSON.stringify(acts.flatMap((act) => twin.do(act)))).toBe(text);
        expect(paperEventSchema.array().parse(JSON.parse(text))).toEqual(journal);
      }),
      RUNS,
    );
  });

  it("[PX2] folding the journal gives the orders, positions and balances that lived it", () => {
    fc.assert(
      fc.property(profile, anyWildDay, (terms, acts) => {
        const run = newRun(terms);
        const journal = acts.flatMap((act) => run.do(act));
        const folded = PaperExchange.restore(paperConfig({ profile: terms }), null, journal);
        const accountOf = ({ orders, fills, requests, cash, fees, day }: PaperSnapshot): unknown => ({
          orders,
          fills,
          requests,
          cash,
          fees,
          day,
        });
        expect(accountOf(folded.snapshot())).toEqual(accountOf(run.exchange.snapshot()));
      }),
      RUNS,
    );
  });

  it("[PX4] an account restored from a snapshot goes on byte for byte as if it had never stopped", () => {
    fc.assert(
      fc.property(profile, anyWildDay, fc.nat(79), (terms, acts, cut) => {
        const lived = newRun(terms);
        for (const act of acts.slice(0, cut)) lived.do(act);
        const snapshot = throughJson(lived.exchange.snapshot());
        const restored = lived.continueWith(PaperExchange.restore(paperConfig({ profile: terms }), snapshot, []));
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
