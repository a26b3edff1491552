import { type OrderSender } from "@trenddojo/brokers";
import { orderId, type Clock } from "@trenddojo/brokers/domain";
import { orders } from "@trenddojo/db";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createLogger } from "../createLogger.ts";
import { AuditLog } from "../audit/AuditLog.ts";
import { LastHalts } from "../kill/LastHalts.ts";
import { Latch } from "../lib/Latch.ts";
import { SerialQueue } from "../lib/SerialQueue.ts";
import { InProcessTickBus } from "../streams/TickBus.ts";
import { createJournalKit, toldOrder } from "../testing/createJournalKit.ts";
import { losingCommits } from "../testing/losingCommits.ts";
import { until } from "../testing/until.ts";
import { noFailPoint } from "./FailPoint.ts";
import { OrderExecutor } from "./OrderExecutor.ts";
import { OrderJournal } from "./OrderJournal.ts";

let kit: Awaited<ReturnType<typeof createJournalKit>>;
let stop = new AbortController();
let running: Promise<void> = Promise.resolve();
beforeAll(async () => {
  kit = await createJournalKit();
});
afterEach(async () => {
  stop.abort();
  await running;
});
afterAll(() => kit.close());

/** An executor whose client holds each order until its turn, and then asks whether it may still go, as a budget makes it. */
function start(journal: OrderJournal = kit.journal) {
  const { db, clock: base, inFlight, account } = kit;
  const world = { isHeld: true, mayTrade: true, stalledMs: 0 };
  const clock: Clock = {
    now: () => base.now(),
    monotonic: () => base.monotonic() + world.stalledMs,
    sleep: (...args) => base.sleep(...args),
    setTimer: (...args) => base.setTimer(...args),
  };
  const lastHalts = new LastHalts(clock);
  let lookedFor = 0;
  const asked: string[] = [];
  const sent: string[] = [];
  const turn = new Latch();
  const client: OrderSender = {
    mode: "mock",
    async placeOrder(request, options = {}) {
      const id = request.clientOrderId ?? "";
      asked.push(id);
      await turn.wait(new AbortController().signal);
      const refusal = options.refusal?.() ?? null;
      if (refusal !== null) throw refusal;
      sent.push(id);
      const {
        orderId: venueId,
        clientOrderId,
        symbol,
        side,
        type,
        status,
        submittedAt,
        quantity,
      } = toldOrder(id.replace("tdM-", ""));
      const told = { orderId: venueId, clientOrderId, symbol, side, type, status, submittedAt, quantity };
      return { ...told, message: "", mode: "mock" };
    },
  };
  stop = new AbortController();
  const executor = new OrderExecutor({
    accountId: account.id,
    db,
    clock,
    journal,
    inFlight,
    lastHalts,
    log: createLogger("silent"),
    lease: { epoch: 1, isHeld: () => world.isHeld, [Symbol.asyncDispose]: () => Promise.resolve() },
    updates: new SerialQueue(),
    client: () => client,
    mayTrade: () => world.mayTrade,
    resends: false,
    onUnknown: () => void (lookedFor += 1),
    failPoint: noFailPoint,
  });
  running = executor.run(stop.signal);
  const place = async (name: string): Promise<void> => {
    await db.transaction((tx) => orders.insertIntent(tx, kit.intent(name)));
    executor.wake(orderId(name));
  };
  const over = (name: string) =>
    until(`${name} to be booked`, async () => {
      const row = await kit.row(name);
      return row.state === "INTENT" || row.state === "SENDING" ? null : row;
    });
  return { world, lastHalts, asked, sent, turn, place, over, wake: () => executor.wake(), lookedFor: () => lookedFor };
}

/** A journal on a store that begins nothing before `gate` and, where it is forgetful, loses the answer to its first commit. */
function gatedJournal(isForgetful: boolean) {
  const gate = new Latch();
  let begun = 0;
  const losing = losingCommits(kit.store);
  if (isForgetful) losing.loseNext();
  const db = new Proxy(losing.store.db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== "transaction" || typeof value !== "function") return value;
      return async (...given: readonly unknown[]): Promise<unknown> => {
        begun += 1;
        await gate.wait(new AbortController().signal);
        gate.set();
        return Reflect.apply(value, target, given);
      };
    },
  });
  const { clock } = kit;
  const journal = new OrderJournal({ db, clock, audit: new AuditLog(clock), bus: new InProcessTickBus() });
  return { gate, begun: () => begun, journal };
}

const WHILE_IT_WAITS = [
  ["trading is halted", "trading was halted"],
  ["live trading is disarmed", "live trading was disarmed"],
  ["its lease is lost", "another desk has the connection"],
  ["the desk stands still", "the desk stood still"],
] as const;

it.each(WHILE_IT_WAITS)("[SV531] an order that waits for its turn while %s is never sent", async (what, why) => {
  const name = `waits-${why.replaceAll(" ", "-")}`;
  const { world, lastHalts, asked, sent, turn, place, over } = start();
  await place(name);
  await until("the client to have it", () => asked.length === 1);
  await kit.clock.advance(1);
  if (what === "trading is halted") lastHalts.found(kit.account.userId);
  if (what === "live trading is disarmed") world.mayTrade = false;
  if (what === "its lease is lost") world.isHeld = false;
  if (what === "the desk stands still") world.stalledMs = 1_500;
  turn.set();
  const row = await over(name);
  expect(sent).toEqual([]);
  expect(row).toMatchObject({ state: "REJECTED", venueOrderId: null });
  expect(row.reason?.message).toContain(why);
});

it("[SV531] one that nothing happened to goes, and a halt holds back only what was claimed before it", async () => {
  const { lastHalts, asked, sent, turn, place, over } = start();
  lastHalts.found(kit.account.userId);
  await kit.clock.advance(1);
  await place("after-a-halt");
  await until("the client to have it", () => asked.length === 1);
  turn.set();
  expect(await over("after-a-halt")).toMatchObject({ state: "WORKING" });
  expect(sent).toEqual(["tdM-after-a-halt"]);
});

it.each([
  ["by itself", false],
  ["beside another step", true],
])(
  "[SV584] a claim whose commit was made %s and not answered is looked for at once, and sent by nobody",
  async (how, isShared) => {
    const name = `unanswered-${how.replaceAll(" ", "-")}`;
    const { gate, begun, journal } = gatedJournal(true);
    const { asked, turn, place, over, wake, lookedFor } = start(journal);
    await place(name);
    turn.set();
    await until("the claim to wait", () => begun() === 1);
    const other = isShared ? journal.commit(orderId(`${name}-other`), () => Promise.resolve("done")) : null;
    gate.set();
    const row = await over(name);
    expect(row).toMatchObject({ state: "UNKNOWN", attempt: 1, sentAt: null });
    expect(row.reason?.message).toMatch(/answer to its claim was lost/);
    expect(await other).toBe(isShared ? "done" : null);
    await until("it to be looked for", () => lookedFor() === 1);
    // The desk goes on, and what was in doubt stays with the look-up.
    await place(`${name}-next`);
    wake();
    expect(await over(`${name}-next`)).toMatchObject({ state: "WORKING" });
    expect(asked).toEqual([`tdM-${name}-next`]);
    expect(lookedFor()).toBe(1);
  },
);

it("[SV585] a desk that lost its lease while a claim waited for its transaction claims nothing", async () => {
  const { gate, begun, journal } = gatedJournal(false);
  const { world, asked, turn, place } = start(journal);
  await place("lease-lost");
  await until("the claim to wait", () => begun() === 1);
  world.isHeld = false;
  turn.set();
  gate.set();
  // It ends with what is under way.
  stop.abort();
  await running;
  expect(await kit.row("lease-lost")).toMatchObject({ state: "INTENT", attempt: 0, ownerEpoch: null });
  expect(asked).toEqual([]);
});
