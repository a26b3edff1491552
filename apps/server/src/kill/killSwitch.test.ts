import { randomBytes, randomUUID } from "node:crypto";
import { BrokerError, SystemClock, SystemRandom, type BrokerClient, type BrokerRegistry } from "@trenddojo/brokers";
import { halts, orders, tradingStates, users } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AuditLog } from "../audit/AuditLog.ts";
import { IdMaker } from "../lib/IdMaker.ts";
import { createManualDesk } from "../testing/createManualDesk.ts";
import { faultyRegistry, type Faults } from "../testing/faultyRegistry.ts";
import { OWNER } from "../testing/people.ts";
import { refusalOf } from "../testing/refusalOf.ts";
import { until } from "../testing/until.ts";
import type { TradingStateView } from "../wire/risk.ts";
import { beginHalt } from "./beginHalt.ts";

/** An attempt is long enough for a broker that answers, on a machine that is busy: one that is cut short each time never confirms. */
const TIMING = { attemptMs: 2_000, retryMs: 50, retryAtMostMs: 100, lookMs: 50, noticeMs: 50 };
const AN_HOUR_MS = 3_600_000;
const never = () => () => new Promise<never>(() => undefined);
const { password } = OWNER;

/** Two brokers whose faults are apart, and every client by its broker. */
function apart() {
  const faults: Faults = {};
  const hung: Faults = {};
  const clients = new Map<string, BrokerClient>();
  const wrapRegistry = (registry: BrokerRegistry): BrokerRegistry => ({
    ...registry,
    create: (request) => {
      const own = request.broker === "interactive_brokers" ? hung : faults;
      const client = faultyRegistry(own)(registry).create(request);
      clients.set(request.broker, client);
      return client;
    },
  });
  return { faults, hung, clients, wrapRegistry };
}

const steps = (view: TradingStateView) =>
  Object.fromEntries((view.halt?.steps ?? []).map((step) => [step.broker, step.state]));

describe("the kill switch over three brokers with 200 working orders", () => {
  const { faults, hung, clients, wrapRegistry } = apart();
  const sent: string[] = [];
  let trader: Awaited<ReturnType<typeof createManualDesk>>;

  beforeAll(async () => {
    trader = await createManualDesk({ wrapRegistry, killTiming: TIMING });
    for (const broker of ["alpaca", "interactive_brokers"]) {
      await trader.api.brokers.add.mutate({ broker, mode: "mock", label: broker, credentials: {} });
    }
    for (const { id: accountId } of await trader.api.accounts.list.query()) {
      const raise = { accountId, field: "maxOrdersPerMinute", raisedTo: "600", minutes: 60, password } as const;
      await trader.api.risk.raise.mutate(raise);
    }
    // Straight at the brokers: the desk finds them as orders of somebody else.
    for (const [broker, client] of clients) {
      const count = broker === "paper" ? 68 : 66;
      for (let number = 0; number < count; number += 1) {
        const price = (1 + number / 100).toFixed(2);
        await client.placeOrder({ symbol: "AAPL", side: "buy", type: "limit", quantity: 1, price });
      }
    }
    await until(
      "all 200 in the books",
      async () => {
        const { orders: open } = await trader.api.orders.list.query({ filter: "open", limit: 500 });
        return open.length === 200;
      },
      60_000,
    );
  });
  afterAll(() => trader[Symbol.asyncDispose]());

  it("[SV76] nothing is sent after the switch; the hung one is unconfirmed and asked again, and confirms when it answers", async () => {
    const count: Faults["placeOrder"] = (client) => (order, options) => {
      sent.push(order.clientOrderId ?? "");
      return client.placeOrder(order, options);
    };
    faults.placeOrder = count;
    hung.placeOrder = count;
    hung.cancelAllOrders = never;
    hung.getOpenOrders = never;
    // Orders on their way at the very moment.
    const placing = Array.from({ length: 12 }, (_, number) =>
      trader
        .place({ type: "limit", symbol: "MSFT", side: "buy", quantity: "1", price: (2 + number / 100).toFixed(2) })
        .catch(() => null),
    );
    const answered = await trader.api.orders.halt.mutate({ reason: "a fire drill" });
    expect(answered).toMatchObject({
      state: "HALTED",
      reason: "a fire drill",
      changedBy: "Ada",
      halt: { source: "web", requestedBy: "Ada", reason: "a fire drill", endedAt: null },
    });
    expect(answered.halt?.steps).toHaveLength(3);
    const sentByThen = sent.length;
    await Promise.all(placing);
    expect(
      await refusalOf(trader.place({ type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price: "3.00" })),
    ).toMatchObject({
      code: "TRADING_HALTED",
    });

    const state = () => trader.api.risk.state.query();
    const partly = await until("the hung one to be asked again", async () => {
      const now = await state();
      const hungStep = now.halt?.steps.find(({ broker }) => broker === "interactive_brokers");
      const others = now.halt?.steps.filter((step) => step !== hungStep) ?? [];
      return others.every((step) => step.state === "confirmed") && (hungStep?.attempts ?? 0) >= 3 ? now : null;
    });
    expect(steps(partly)).toEqual({ paper: "confirmed", alpaca: "confirmed", interactive_brokers: "unconfirmed" });
    const hungStep = partly.halt?.steps.find(({ broker }) => broker === "interactive_brokers");
    expect(hungStep).toMatchObject({ openOrders: 66, remaining: null, error: "TIMEOUT: no answer within 2 s" });
    expect(await clients.get("paper")?.getOpenOrders()).toEqual([]);
    expect(await clients.get("alpaca")?.getOpenOrders()).toEqual([]);
    const alerts = await trader.api.alerts.list.query({ filter: "open" });
    expect(alerts.alerts.map(({ kind }) => kind)).toContain("halt_unconfirmed");

    delete hung.cancelAllOrders;
    delete hung.getOpenOrders;
    const done = await until("the hung one to confirm", async () => {
      const now = await state();
      return Object.values(steps(now)).every((step) => step === "confirmed") ? now : null;
    });
    expect(done.halt?.steps.map(({ remaining, error }) => [remaining, error])).toEqual(Array(3).fill([0, null]));
    expect(await clients.get("interactive_brokers")?.getOpenOrders()).toEqual([]);
    await until("every order to be over", async () => {
      const { orders: open } = await trader.api.orders.list.query({ filter: "open", limit: 500 });
      return open.length === 0;
    });
    expect(sent).toHaveLength(sentByThen);
    const { alerts: after } = await trader.api.alerts.list.query({ filter: "open" });
    expect(after.map(({ kind }) => kind)).not.toContain("halt_unconfirmed");
    const { entries } = await trader.api.audit.list.query({ limit: 500 });
    const actions = entries.map(({ action }) => action);
    for (const action of ["trading.halted", "halt.requested", "halt.unconfirmed", "halt.confirmed"]) {
      expect(actions).toContain(action);
    }
    expect(await trader.api.audit.verify.query()).toMatchObject({ ok: true });
  });
});

describe("a halt", () => {
  const { faults, hung, clients, wrapRegistry } = apart();
  const keyEncryptionKey = randomBytes(32);
  const options = { wrapRegistry, killTiming: TIMING, keyEncryptionKey };
  afterEach(() => {
    for (const each of [faults, hung]) for (const name of Object.keys(each)) Reflect.deleteProperty(each, name);
  });
  const limit = { type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price: "50.00" } as const;

  it("[SV77] lasts over a restart, and is taken up again until it is confirmed", async () => {
    await using store = await createTestStore();
    let cookie = "";
    let orderId = "";
    let haltId = "";
    {
      await using trader = await createManualDesk({ ...options, store });
      cookie = trader.person.cookie();
      ({ id: orderId } = await trader.place({ ...limit, timeInForce: "gtc" }));
      await trader.untilState(orderId, "WORKING");
      faults.cancelAllOrders = never;
      const { halt } = await trader.api.orders.halt.mutate({});
      haltId = halt?.id ?? "";
      await until(
        "it is unconfirmed",
        async () => steps(await trader.api.risk.state.query())["paper"] === "unconfirmed",
      );
    }
    delete faults.cancelAllOrders;
    await using trader = await createManualDesk({ ...options, store, cookie });
    const view = await until("it is confirmed", async () => {
      const now = await trader.api.risk.state.query();
      return steps(now)["paper"] === "confirmed" ? now : null;
    });
    expect(view).toMatchObject({ state: "HALTED", halt: { id: haltId } });
    await trader.untilState(orderId, "CANCELED");
    // Again is the same halt, looked at anew.
    const attempts = view.halt?.steps[0]?.attempts ?? 0;
    expect((await trader.api.orders.halt.mutate({})).halt?.id).toBe(haltId);
    await until("it is looked at anew", async () => {
      const { halt } = await trader.api.risk.state.query();
      return (halt?.steps[0]?.attempts ?? 0) > attempts;
    });
  });

  it("[SV77] reaches a connection that was closed, and one that is added, as soon as they are there", async () => {
    await using trader = await createManualDesk(options);
    const { connectionId } = trader;
    const { id } = await trader.place(limit);
    await trader.untilState(id, "WORKING");
    await trader.api.brokers.disconnect.mutate({ connectionId });
    await trader.api.orders.halt.mutate({ reason: "away" });
    const failed = await until("the step fails", async () => {
      const now = await trader.api.risk.state.query();
      return steps(now)["paper"] === "failed" ? now : null;
    });
    expect(failed.halt?.steps[0]?.error).toBe("NOT_CONNECTED: it is not connected");
    await trader.api.brokers.add.mutate({ broker: "alpaca", mode: "mock", label: "Late", credentials: {} });
    await trader.api.brokers.connect.mutate({ connectionId });
    await until("both confirm", async () => {
      const now = steps(await trader.api.risk.state.query());
      return now["paper"] === "confirmed" && now["alpaca"] === "confirmed";
    });
    await trader.untilState(id, "CANCELED");
  });

  it("[SV78] takes back what was not sent, and confirms nothing while an order's outcome is not known", async () => {
    await using trader = await createManualDesk(options);
    // Its answer is lost, and nobody can be asked of it.
    faults.placeOrder = () => () => Promise.reject(new BrokerError("gone", "TIMEOUT", "paper", { outcome: "unknown" }));
    const asking = ["getOrderByClientOrderId", "getOrderHistory", "getFills"] as const;
    for (const name of asking) faults[name] = never;
    const { id } = await trader.place(limit);
    expect((await trader.detail(id)).order.state).toBe("UNKNOWN");
    await trader.api.orders.halt.mutate({});
    await until("the broker names none, and it is not confirmed", async () => {
      const { halt } = await trader.api.risk.state.query();
      const step = halt?.steps[0];
      return step?.state === "unconfirmed" && step.remaining === 0 && (step.error ?? "").includes("not known");
    });
    for (const name of asking) delete faults[name];
    await until(
      "it is confirmed",
      async () => steps(await trader.api.risk.state.query())["paper"] === "confirmed",
      40_000,
    );
    expect((await orders.listByState(trader.desk.store.db, ["UNKNOWN", "SENDING", "INTENT"])).length).toBe(0);
    await trader.untilState(id, "NOT_PLACED");
  });

  it("[SV78] looks at once for an order of unknown outcome, and does not wait for the end of its time", async () => {
    await using trader = await createManualDesk(options);
    let sends = 0;
    faults.placeOrder = () => () => {
      sends += 1;
      return Promise.reject(new BrokerError("gone", "TIMEOUT", "paper", { outcome: "unknown" }));
    };
    // No reconciliation comes to its end, so that nobody but the switch looks for it.
    faults.getFills = () => () => Promise.reject(new BrokerError("busy", "API_ERROR", "paper"));
    let looks = 0;
    faults.getOrderByClientOrderId = () => () => {
      looks += 1;
      return Promise.resolve(null);
    };
    const { id } = await trader.place(limit);
    expect((await trader.detail(id)).order.state).toBe("UNKNOWN");
    // The detail asks too.
    looks = 0;
    await trader.api.orders.halt.mutate({});
    await until("it is confirmed", async () => steps(await trader.api.risk.state.query())["paper"] === "confirmed");
    await trader.untilState(id, "NOT_PLACED");
    // While it may be sent again, a look that finds nothing decides nothing.
    expect({ sends, looks }).toEqual({ sends: 1, looks: 1 });
  });

  it("[SV78] an order that its client still holds back never goes once it has answered", async () => {
    await using trader = await createManualDesk(options);
    const held = new Map<string, (error: BrokerError) => void>();
    faults.placeOrder =
      () =>
      ({ clientOrderId = "" }) =>
        new Promise((_, reject) => held.set(clientOrderId, reject));
    const takenBack: string[] = [];
    faults.withdrawOrder = () => (clientOrderId) => {
      const refuse = held.get(clientOrderId);
      if (refuse === undefined) return false;
      takenBack.push(clientOrderId);
      const details = { unsent: "withdrawn" };
      refuse(new BrokerError("withdrawn", "ORDER_CLOSED", "paper", { outcome: "refused", details }));
      return true;
    };
    const placing = trader.place(limit);
    await until("it is held back", () => held.size === 1);
    await trader.api.orders.halt.mutate({});
    expect(new Set(takenBack)).toEqual(new Set(held.keys()));
    const { id } = await placing;
    const { order } = await trader.untilState(id, "CANCELED").then(() => trader.detail(id));
    expect(order).toMatchObject({ sentAt: null, reason: { message: "Canceled before it was sent" } });
    await until("it is confirmed", async () => steps(await trader.api.risk.state.query())["paper"] === "confirmed");
  });

  it("[SV77] used again during a look, it does not take that look's word", async () => {
    await using trader = await createManualDesk({ ...options, killTiming: { ...TIMING, attemptMs: 60_000 } });
    const answers: (() => void)[] = [];
    faults.cancelAllOrders = (client) => async (callOptions) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      return client.cancelAllOrders(callOptions);
    };
    await trader.api.orders.halt.mutate({});
    await until("the first look", () => answers.length === 1);
    await trader.api.orders.halt.mutate({});
    answers[0]?.();
    await until("a second look", () => answers.length === 2);
    expect(steps(await trader.api.risk.state.query())["paper"]).toBe("requested");
    answers[1]?.();
    await until("it is confirmed", async () => steps(await trader.api.risk.state.query())["paper"] === "confirmed");
  });

  it.each([
    ["[SV85] is noticed where another process flips the switch in the store, and its end too", false],
    ["[SV590] is noticed without looking where the store tells of another process that does, and its end too", true],
  ])("%s", async (_title, isTold) => {
    await using whole = await createTestStore();
    const { onTradingStateSet, ...silent } = whole;
    if (isTold && onTradingStateSet === undefined) return;
    const killTiming = { ...TIMING, noticeMs: isTold ? AN_HOUR_MS : TIMING.noticeMs };
    await using trader = await createManualDesk({ ...options, store: isTold ? whole : silent, killTiming });
    const told: string[] = [];
    const watch = trader.api.risk.states.subscribe(undefined, { onData: ({ state }) => told.push(state) });
    const { id } = await trader.place(limit);
    await trader.untilState(id, "WORKING");
    const { db } = trader.desk.store;
    const clock = new SystemClock();
    const books = { db, clock, ids: new IdMaker(clock, new SystemRandom()), audit: new AuditLog(clock) };
    const [user] = await users.list(db);
    if (user === undefined) throw new Error("there is no user");
    const halt = await beginHalt(books, { userId: user.id, by: null, source: "cli", reason: "from beside" });
    await until("it is confirmed", async () => steps(await trader.api.risk.state.query())["paper"] === "confirmed");
    await trader.untilState(id, "CANCELED");
    // The broker in this process has a copy of the trading state, and refuses by it.
    const straight = { symbol: "AAPL", side: "buy", type: "limit", quantity: 1, price: "49.00" } as const;
    const refused = await until("its broker refuses", () =>
      clients
        .get("paper")
        ?.placeOrder(straight)
        .then(
          () => null,
          (error: unknown) => error,
        ),
    );
    expect(refused).toMatchObject({ message: expect.stringContaining("Trading is halted") });
    await until("who watches is told", () => told.at(-1) === "HALTED");
    await db.transaction(async (tx) => {
      const at = clock.now();
      await halts.end(tx, halt.id, at, null);
      await tradingStates.set(tx, {
        userId: user.id,
        state: "ACTIVE",
        reason: null,
        changedAt: at,
        changedBy: null,
      });
    });
    await until("who watches is told of the end", () => told.at(-1) === "ACTIVE");
    watch.unsubscribe();
  });

  it("[SV79] ends with the password alone, and says what was never confirmed", async () => {
    await using trader = await createManualDesk(options);
    faults.cancelAllOrders = () => () =>
      Promise.reject(new BrokerError("no", "API_ERROR", "paper", { outcome: "refused" }));
    await trader.api.orders.halt.mutate({ reason: "first" });
    await until("the refusal", async () => steps(await trader.api.risk.state.query())["paper"] === "failed");
    expect(await refusalOf(trader.api.orders.reduceOnly.mutate())).toMatchObject({ code: "TRADING_HALTED" });
    const wrong = trader.api.orders.resume.mutate({ to: "ACTIVE", password: "a guess" });
    expect(await refusalOf(wrong)).toMatchObject({ code: "BAD_CREDENTIALS" });
    expect((await trader.api.risk.state.query()).state).toBe("HALTED");
    const resumed = await trader.api.orders.resume.mutate({ to: "REDUCING", password });
    expect(resumed).toMatchObject({ state: "REDUCING", halt: null, changedBy: "Ada" });
    expect(resumed.reason).toContain("1 of 1 brokers had not confirmed");
    const { alerts } = await trader.api.alerts.list.query({ filter: "open" });
    expect(alerts.map(({ kind }) => kind)).not.toContain("halt_unconfirmed");
    expect(await refusalOf(trader.place(limit))).toMatchObject({ issues: [{ params: { state: "REDUCING" } }] });
    expect(await trader.api.orders.resume.mutate({ to: "ACTIVE", password })).toMatchObject({
      state: "ACTIVE",
      reason: null,
    });
    expect((await trader.place(limit)).state).toBe("WORKING");
    expect(await trader.api.orders.reduceOnly.mutate()).toMatchObject({ state: "REDUCING" });
  });

  it("[SV79] every change is told to who watches, at once", async () => {
    await using trader = await createManualDesk(options);
    const told: string[] = [];
    const watch = trader.api.risk.states.subscribe(undefined, {
      onData: (view) => told.push(`${view.state} ${view.halt?.steps[0]?.state ?? "-"}`),
    });
    await until("the beginning", () => told.length === 1);
    await trader.api.orders.halt.mutate({});
    await until("the confirmation", () => told.at(-1) === "HALTED confirmed");
    await trader.api.orders.resume.mutate({ to: "ACTIVE", password });
    await until("the end", () => told.at(-1) === "ACTIVE -");
    expect(told[0]).toBe("ACTIVE -");
    watch.unsubscribe();
  });
});

describe("flattening", () => {
  const { wrapRegistry } = apart();
  const flatten = (trader: Awaited<ReturnType<typeof createManualDesk>>, idempotencyKey: string) =>
    trader.api.orders.flatten.mutate({ idempotencyKey, password });
  const held = async ({ api, accountId }: Awaited<ReturnType<typeof createManualDesk>>) =>
    (await api.accounts.portfolio.query({ accountId })).positions.map(({ symbol, quantity }) => [symbol, quantity]);

  it("[SV80] closes each position once, with its exits canceled first, and leaves only reducing orders", async () => {
    await using trader = await createManualDesk({ wrapRegistry, killTiming: TIMING });
    for (const [symbol, quantity, price] of [
      ["AAPL", "10", "101.00"],
      ["MSFT", "3", "202.00"],
    ] as const) {
      const { id } = await trader.place({ type: "limit", symbol, side: "buy", quantity, price });
      await trader.untilState(id, "FILLED");
    }
    const exit = await trader.place({ type: "stop", symbol: "AAPL", side: "sell", quantity: "10", stopPrice: "80.00" });
    await trader.untilState(exit.id, "WORKING");
    const wrong = trader.api.orders.flatten.mutate({ idempotencyKey: randomUUID(), password: "a guess" });
    expect(await refusalOf(wrong)).toMatchObject({ code: "BAD_CREDENTIALS" });
    await trader.api.orders.halt.mutate({});
    const key = randomUUID();
    const first = await flatten(trader, key);
    expect(first.refused).toEqual([]);
    expect(first.orders.map(({ symbol }) => symbol).toSorted()).toEqual(["AAPL", "MSFT"]);
    for (const { orderId } of first.orders) await trader.untilState(orderId, "FILLED");
    await trader.untilState(exit.id, "CANCELED");
    expect(await trader.api.risk.state.query()).toMatchObject({ state: "REDUCING", halt: null });
    expect(await flatten(trader, key)).toEqual({ orders: [], refused: [] });
    await until("nothing is held", async () => (await held(trader)).length === 0);
  });
});
