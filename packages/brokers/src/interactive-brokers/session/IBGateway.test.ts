import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseFixed, formatFixed } from "../../domain/decimal.ts";
import { unsent, unsentReason } from "../../rate-limit/unsent.ts";
import { failureOf } from "../../testing/contract/calls.ts";
import { GatewayStage } from "../../testing/interactive-brokers/GatewayStage.ts";
import { LOGIN } from "../../testing/interactive-brokers/ScriptedGateway.ts";
import { FIRST_REQUEST_ID, type GatewayRequest, type Question } from "./Gateway.ts";
import { ANSWER_MS, QUIET_MS } from "./Heartbeat.ts";

const AAPL = { conId: 265598, symbol: "AAPL", secType: "STK", exchange: "SMART", currency: "USD" } as const;
const LIMIT = formatFixed(parseFixed("150.10"), 2);
const PLACE_ORDER = 3;
const CURRENT_TIME = 49;

const order = (id: number, change: object = {}): GatewayRequest => ({
  urgency: "order",
  write: (calls) =>
    calls.placeOrder(id, AAPL, {
      action: "BUY",
      totalQuantity: 1,
      orderType: "LMT",
      lmtPrice: LIMIT,
      transmit: true,
      ...change,
    }),
});
const contractOf = (symbol: string): Question<string> => ({
  what: `the contract of ${symbol}`,
  urgency: "read",
  write: (calls, requestId) => calls.reqContractDetails(requestId, { symbol, secType: "STK" }),
  listen: ({ requestId, on, end }) => on("contractDetailsEnd", (id) => void (id === requestId && end(symbol))),
});

let stage: GatewayStage;
const open = async (...options: Parameters<typeof GatewayStage.ready>): Promise<void> => {
  stage = await GatewayStage.ready(...options);
};
afterEach(() => stage[Symbol.asyncDispose]());

describe("the vendor library's hazards", () => {
  beforeEach(() => open());

  it("[H1] an order placed while disconnected is never sent later", async () => {
    const { gateway, peer } = stage;
    peer.cut();
    await stage.until(() => gateway.state.kind === "waiting");
    const error = await failureOf(gateway.send(order(1)));
    expect(error).toMatchObject({ code: "CONNECTION_FAILED", outcome: "refused" });
    await gateway.start();
    await gateway.ask(clockQuestion);
    expect(peer.of(PLACE_ORDER)).toEqual([]);
  });

  it("[H2] of a burst that a lost connection cut short, nothing is sent on the next one", async () => {
    const { gateway, peer } = stage;
    const sent = Array.from({ length: 60 }, (_, index) =>
      gateway.send(order(index + 1)).then(() => "written", unsentReason),
    );
    peer.cut();
    await stage.until(() => gateway.state.kind === "waiting");
    const outcomes = await Promise.all(sent);
    // 45 a second at most, of which orders leave nine to cancels; one went to the clock.
    expect(outcomes.filter((each) => each === "written")).toHaveLength(35);
    expect(outcomes.filter((each) => each === "closed")).toHaveLength(25);
    const before = peer.of(PLACE_ORDER).length;
    await gateway.start();
    await stage.clock.advance(1_000);
    await gateway.ask(clockQuestion);
    expect([peer.sessions, peer.of(PLACE_ORDER).length]).toEqual([2, before]);
  });

  it("[H2] a message goes over the wire in the tick of its turn: the library holds nothing back", async () => {
    const { gateway, peer } = stage;
    await Promise.all(Array.from({ length: 35 }, (_, index) => gateway.send(order(index + 1))));
    await stage.until(() => peer.of(PLACE_ORDER).length === 35);
    expect(peer.of(PLACE_ORDER).map(([, id]) => Number(id))).toEqual(
      Array.from({ length: 35 }, (_, index) => index + 1),
    );
  });

  it("[H3] an order's error does not end the request of the same number: their ids are apart", async () => {
    const { gateway, peer } = stage;
    const told: number[] = [];
    gateway.on("error", ({ id }) => told.push(id));
    const asked = gateway.ask(contractOf("AAPL"));
    await stage.until(() => peer.of(9).length === 1);
    const requestId = Number(peer.of(9)[0]?.[2]);
    expect(requestId).toBeGreaterThanOrEqual(FIRST_REQUEST_ID);
    for (const id of [0, 1, requestId - FIRST_REQUEST_ID]) peer.sayError(id, 201, "Order rejected");
    peer.say(52, 1, requestId);
    expect(await asked).toBe("AAPL");
    expect(told).toEqual([0, 1, requestId - FIRST_REQUEST_ID]);
  });

  it("[H4] 1100 degrades the session and keeps its socket; 1101 and 1102 make it whole, each by its name", async () => {
    const { gateway, peer, causes } = stage;
    for (const [restored, cause] of [
      [1101, "data_lost"],
      [1102, "data_kept"],
    ] as const) {
      peer.sayError(-1, 1100, "Connectivity between IB and Trader Workstation has been lost.");
      await stage.until(() => gateway.state.kind === "degraded");
      expect(await failureOf(gateway.send(order(1)))).toMatchObject({ code: "CONNECTION_FAILED", outcome: "refused" });
      peer.sayError(-1, restored, "Connectivity between IB and Trader Workstation has been restored.");
      await stage.until(() => gateway.state.kind === "ready");
      expect(causes.at(-1)).toBe(cause);
    }
    expect([peer.sessions, gateway.session, stage.faults]).toEqual([1, 1, []]);
  });

  it("[H4] 2110 heals by itself: a data farm that is heard again is its end", async () => {
    const { gateway, peer, causes } = stage;
    peer.sayError(
      -1,
      2110,
      "Connectivity between Trader Workstation and server is broken. It will be restored automatically.",
    );
    await stage.until(() => gateway.state.kind === "degraded");
    peer.sayError(-1, 2104, "Market data farm connection is OK:usfarm");
    await stage.until(() => gateway.state.kind === "ready");
    expect(causes).toEqual(["new_session", "data_lost"]);
  });

  it("[H5] a peer that is there and says nothing is found, and the session is made anew", async () => {
    const { gateway, peer, faults, clock } = stage;
    peer.answers.clear();
    await clock.advance(QUIET_MS);
    await stage.until(() => peer.of(CURRENT_TIME).length === 2);
    expect(gateway.state.kind).toBe("ready");
    await clock.advance(ANSWER_MS);
    await stage.until(() => gateway.session === 2);
    expect(faults).toMatchObject([
      { trouble: "silent", message: expect.stringMatching(/nothing has been heard for 15 s/) },
    ]);
    expect(peer.sessions).toBe(2);
  });

  it("[H5] a peer that answers the heartbeat is left alone, however quiet", async () => {
    const { gateway, peer, clock } = stage;
    for (let beat = 1; beat <= 20; beat += 1) {
      await clock.advance(QUIET_MS);
      await stage.until(() => peer.of(CURRENT_TIME).length > beat);
      await gateway.ask(clockQuestion);
    }
    expect([gateway.session, peer.sessions, stage.faults]).toEqual([1, 1, []]);
  });

  it("[H6] a client id that is in use stops the attempts and says so; another attempt is a person's", async () => {
    const { gateway, peer, clock } = stage;
    peer.script = { login: [[4, 2, -1, 326, "Unable to connect as the client id is already in use.", ""]] };
    peer.cut();
    await stage.until(() => gateway.state.kind === "closed");
    expect(gateway.state).toMatchObject({ fault: { trouble: "client_id_in_use", code: "AUTHENTICATION_FAILED" } });
    const { sessions } = peer;
    await clock.advance(600_000);
    expect(peer.sessions).toBe(sessions);
    expect(await failureOf(gateway.start())).toMatchObject({ message: expect.stringMatching(/client id 7 is in use/) });
    expect(peer.sessions).toBe(sessions + 1);
    peer.script = {};
    await gateway.start();
    expect(gateway.state.kind).toBe("ready");
  });

  it("[H9] a question ends with its session, with its time, and with the patience of who asked it", async () => {
    const { gateway, peer, clock } = stage;
    const patience = new AbortController();
    const left = failureOf(gateway.ask({ ...contractOf("LEFT"), options: { signal: patience.signal } }));
    const slow = failureOf(gateway.ask({ ...contractOf("SLOW"), timeoutMs: 500 }));
    const cut = failureOf(gateway.ask(contractOf("CUT")));
    await stage.until(() => peer.of(9).length === 3);
    patience.abort();
    expect(await left).toMatchObject({ code: "TIMEOUT", outcome: "refused" });
    await clock.advance(500);
    expect(await slow).toMatchObject({ code: "TIMEOUT", outcome: "refused" });
    peer.cut();
    await stage.until(() => gateway.state.kind !== "ready");
    expect(await cut).toMatchObject({ code: "CONNECTION_FAILED", outcome: "refused" });
  });

  it.each([
    ["a NUL", { orderRef: "a\0b" }],
    ["a control character", { account: "DU\n1" }],
    ["a letter outside ASCII", { orderRef: "ä" }],
    ["one deep inside", { algoParams: [{ tag: "x", value: "\u0007" }] }],
  ])("[H11] %s is refused, and nothing is written", async (_what, change) => {
    const { gateway, peer } = stage;
    expect(await failureOf(gateway.send(order(1, change)))).toMatchObject({
      code: "INVALID_ORDER",
      outcome: "refused",
    });
    await gateway.send(order(2));
    await stage.until(() => peer.of(PLACE_ORDER).length > 0);
    expect(peer.of(PLACE_ORDER).map(([, id]) => id)).toEqual(["2"]);
  });

  it("[H13] a listener that throws disturbs neither the others nor the session", async () => {
    const { gateway, peer, logged } = stage;
    let heard = 0;
    gateway.on("error", () => {
      throw new Error("a listener broke");
    });
    gateway.on("error", () => (heard += 1));
    gateway.on("contractDetailsEnd", () => {
      throw new Error("another broke");
    });
    const asked = gateway.ask(contractOf("AAPL"));
    await stage.until(() => peer.of(9).length === 1);
    peer.sayError(5, 201, "Order rejected");
    peer.say(52, 1, Number(peer.of(9)[0]?.[2]));
    expect(await asked).toBe("AAPL");
    expect([heard, gateway.session]).toEqual([1, 1]);
    expect(logged.filter((line) => line.includes("could not be taken in"))).toHaveLength(2);
  });

  it("[H13] the reasons of a rejection that are no JSON are told as they are", async () => {
    const { gateway, peer } = stage;
    const told: unknown[] = [];
    gateway.on("error", (error) => told.push(error));
    peer.sayError(5, 201, "Order rejected \\u2014 reason: none", "{not json");
    await stage.until(() => told.length === 1);
    expect(told).toEqual([{ id: 5, code: 201, message: "Order rejected — reason: none", advanced: "{not json" }]);
    expect(gateway.state.kind).toBe("ready");
  });

  it("[H14] a price goes over the wire as it was written; a number that JavaScript would garble is refused", async () => {
    const { gateway, peer } = stage;
    const tiny = formatFixed(parseFixed("0.0000001"));
    await gateway.send(order(1, { lmtPrice: LIMIT, auxPrice: tiny }));
    await stage.until(() => peer.of(PLACE_ORDER).length === 1);
    // 3, id, twelve of the contract, secIdType, secId, action, quantity, type, limit, aux.
    expect(peer.of(PLACE_ORDER)[0]?.slice(16, 21)).toEqual(["BUY", "1", "LMT", "150.10", "0.0000001"]);
    for (const lmtPrice of [1e-7, 0.1 + 0.2, Number.NaN, Number.POSITIVE_INFINITY, 1e21]) {
      expect(await failureOf(gateway.send(order(2, { lmtPrice })))).toMatchObject({ code: "INVALID_ORDER" });
    }
    expect(peer.of(PLACE_ORDER)).toHaveLength(1);
  });
});

describe("a session", () => {
  it("[IB1] is ready once an order id was named, not before", async () => {
    stage = await GatewayStage.set({ script: { login: [[15, 1, "DU1234567"]] } });
    const { gateway, peer, clock } = stage;
    const started = failureOf(gateway.start());
    await stage.until(() => peer.logins === 1);
    // It has answered since: the greeting came before.
    await clock.advance(1);
    expect([gateway.state.kind, stage.causes]).toEqual(["connecting", []]);
    await clock.advance(10_000);
    expect(await started).toMatchObject({ code: "SESSION_EXPIRED", message: expect.stringMatching(/2FA/) });
  });

  it.each([
    [
      "paper",
      [
        [15, 1, "U1234567"],
        [9, 1, 1],
      ],
      /no paper account/,
    ],
    [
      "paper",
      [
        [15, 1, "DU1,U2"],
        [9, 1, 1],
      ],
      /no paper account/,
    ],
    ["live", LOGIN, /paper account DU1234567: this connection is for real money/],
  ] as const)(
    "[IB2] %s mode is proven by the account ids, and nothing is asked of another",
    async (mode, login, message) => {
      stage = await GatewayStage.set({ mode, script: { login } });
      const error = await failureOf(stage.gateway.start());
      expect(error).toMatchObject({ code: "AUTHENTICATION_FAILED", message: expect.stringMatching(message) });
      expect([stage.peer.heard, stage.gateway.state.kind, stage.causes]).toEqual([[], "closed", []]);
    },
  );

  it("[IB2] one of several accounts is named, and stays the same", async () => {
    const login = [
      [15, 1, "DU1,DU2,"],
      [9, 1, 1],
    ];
    stage = await GatewayStage.set({ script: { login } });
    expect(await failureOf(stage.gateway.start())).toMatchObject({
      message: expect.stringMatching(/say which one is meant/),
    });
    await stage[Symbol.asyncDispose]();
    await open({ script: { login }, account: "DU2" });
    const { gateway, peer } = stage;
    expect(gateway.accountId).toBe("DU2");
    peer.script = {
      login: [
        [15, 1, "DU1"],
        [9, 1, 1],
      ],
    };
    peer.cut();
    await stage.until(() => gateway.state.kind === "closed");
    expect(gateway.state).toMatchObject({
      fault: { trouble: "wrong_account", message: expect.stringMatching(/is of DU2/) },
    });
  });

  it("[IB3] comes back by itself after a restart of the gateway, which is told in its words", async () => {
    await open();
    const { gateway, peer, causes, faults } = stage;
    await peer.goAway();
    await stage.until(() => gateway.state.kind === "waiting" && gateway.state.fault.trouble === "restarting");
    await peer.listen();
    await stage.until(() => gateway.session === 2);
    expect(causes).toEqual(["new_session", "new_session"]);
    expect(faults).toMatchObject([{ trouble: "lost" }]);
  });

  it("[IB3] a gateway that is not there is told with what to do", async () => {
    stage = await GatewayStage.set();
    await stage.peer.goAway();
    expect(await failureOf(stage.gateway.start())).toMatchObject({
      code: "GATEWAY_NOT_RUNNING",
      message: expect.stringMatching(/start TWS or the IB Gateway/),
    });
  });

  it("[IB4] cancels have a share of the budget that orders leave alone, and all stay below 50 a second", async () => {
    await open();
    const { gateway, peer, clock } = stage;
    const orders = Array.from({ length: 100 }, (_, index) => gateway.send(order(index + 1)));
    const cancel = gateway.send({ urgency: "cancel", write: (calls) => calls.cancelOrder(1) });
    await cancel;
    expect(peer.of(PLACE_ORDER).length).toBeLessThanOrEqual(36);
    await clock.advance(3_000);
    await Promise.all(orders);
    await stage.until(() => peer.of(PLACE_ORDER).length === 100);
    expect(peer.heard.findIndex(([kind]) => kind === "4")).toBeLessThanOrEqual(37);
  });

  it("[RL14] an order that waits for its turn goes only where its desk still says yes", async () => {
    await open();
    const { gateway, peer, clock } = stage;
    let isHalted = false;
    const options = { refusal: () => (isHalted ? unsent("Test", "held_back", "trading was halted") : null) };
    const orders = Array.from({ length: 100 }, (_, index) =>
      gateway.send({ ...order(index + 1), options }).then(() => "written", unsentReason),
    );
    isHalted = true;
    await clock.advance(3_000);
    const ends = await Promise.all(orders);
    const written = ends.filter((end) => end === "written").length;
    expect(written).toBeLessThanOrEqual(36);
    expect(ends.filter((end) => end === "held_back")).toHaveLength(100 - written);
    await stage.until(() => peer.of(PLACE_ORDER).length === written);
  });

  it("[IB4] in no second are more than 45 messages written, whatever they are", async () => {
    await open();
    const { gateway, clock } = stage;
    await clock.advance(2_000);
    const written: number[] = [];
    const all = Array.from({ length: 120 }, (_, index) => {
      const { write } = order(index + 1);
      const urgency = index % 2 === 0 ? "cancel" : "order";
      return gateway.send({ urgency, write: (calls) => (written.push(clock.monotonic()), write(calls)) });
    });
    for (let passedMs = 0; passedMs < 4_000; passedMs += 100) await clock.advance(100);
    await Promise.all(all);
    const inSecondFrom = (at: number): number => written.filter((each) => each >= at && each < at + 1_000).length;
    expect(Math.max(...written.map(inSecondFrom))).toBe(45);
  });

  it("[IB5] an order that waits for its turn is taken back by its name", async () => {
    await open();
    const { gateway } = stage;
    const others = Array.from({ length: 35 }, (_, index) => gateway.send(order(index + 1)));
    const waiting = gateway.send({ ...order(99), name: "mine" }).then(() => "written", unsentReason);
    expect([gateway.withdraw("mine"), gateway.withdraw("mine")]).toEqual([true, false]);
    expect(await waiting).toBe("withdrawn");
    await Promise.all(others);
  });

  it("[IB6] tells the order id that the gateway named last, and Interactive Brokers' clock", async () => {
    await open();
    const { gateway, peer, clock } = stage;
    peer.say(9, 1, 41);
    peer.say(CURRENT_TIME, 1, Math.floor(clock.now() / 1_000) + 60);
    await stage.until(() => gateway.brokerNow() > clock.now() + 50_000);
    expect(gateway.nextValidId).toBe(41);
  });
});

/** Once it is answered, what was written before it has arrived. */
const clockQuestion: Question<void> = {
  what: "the clock",
  urgency: "lookup",
  write: (calls) => calls.reqCurrentTime(),
  listen: ({ on, end }) => on("currentTime", () => end()),
};
