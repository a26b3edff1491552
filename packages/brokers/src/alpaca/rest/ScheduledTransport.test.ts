import { beforeEach, describe, expect, it } from "vitest";
import { BrokerError } from "../../BrokerError.ts";
import { unsent, unsentReason } from "../../rate-limit/unsent.ts";
import { failureOf } from "../../testing/contract/calls.ts";
import { FakeClock } from "../../testing/FakeClock.ts";
import { seededRandom } from "../../testing/seededRandom.ts";
import { ALPACA } from "../alpacaName.ts";
import { AlpacaSchedulers } from "./AlpacaSchedulers.ts";
import type { AlpacaTransport, RestAnswer, RestRequest, SendOptions } from "./AlpacaTransport.ts";
import { ScheduledTransport } from "./ScheduledTransport.ts";

const HOSTS = { trading: "http://127.0.0.1:1", data: "http://127.0.0.1:2" };
const ACCOUNT: RestRequest = { host: "trading", method: "GET", path: "/v2/account", urgency: "read" };
const POSITIONS: RestRequest = { ...ACCOUNT, path: "/v2/positions" };
const BARS: RestRequest = { host: "data", method: "GET", path: "/v2/stocks/bars", urgency: "history" };
const CANCEL: RestRequest = { host: "trading", method: "DELETE", path: "/v2/orders/1", urgency: "cancel" };
const CANCEL_ALL: RestRequest = { ...CANCEL, path: "/v2/orders" };
const placing = (clientOrderId: string): RestRequest => ({
  host: "trading",
  method: "POST",
  path: "/v2/orders",
  body: { client_order_id: clientOrderId },
  urgency: "order",
});
const GOOD: RestAnswer = { status: 200, body: "{}", requestId: null, budget: null, retryAfterMs: null };

/** Answers what a test says; by default, well and at once. */
class ScriptedTransport implements AlpacaTransport {
  readonly sent: RestRequest[] = [];
  answer: (request: RestRequest, options: SendOptions) => RestAnswer | Promise<RestAnswer> = () => GOOD;

  async send(request: RestRequest, options: SendOptions = {}): Promise<RestAnswer> {
    this.sent.push(request);
    return this.answer(request, options);
  }

  [Symbol.dispose](): void {}
}

let clock: FakeClock;
let inner: ScriptedTransport;
let schedulers: AlpacaSchedulers;
let skewMs: number;
let transport: ScheduledTransport;

function connect(keyId = "key"): ScheduledTransport {
  const deps = { clock, random: seededRandom(1) };
  return new ScheduledTransport({
    inner,
    schedulers: schedulers.of(keyId, HOSTS),
    deps,
    brokerNow: () => clock.now() + skewMs,
  });
}

/** All that reads may take of the minute: nine tenths of 200, less the fifth that is kept. */
async function spendReads(request: RestRequest = ACCOUNT): Promise<void> {
  await Promise.all(Array.from({ length: 144 }, () => transport.send(request)));
  inner.sent.length = 0;
}

beforeEach(() => {
  clock = new FakeClock();
  inner = new ScriptedTransport();
  schedulers = new AlpacaSchedulers({ clock, random: seededRandom(1) });
  skewMs = 0;
  transport = connect();
});

describe("the scheduled transport", () => {
  it("[RL12] the hosts have budgets of their own, and clients of the same keys have one", async () => {
    await spendReads();
    expect(unsentReason(await failureOf(transport.send(ACCOUNT)))).toBe("waited");
    await transport.send(BARS);
    expect(unsentReason(await failureOf(connect().send(ACCOUNT)))).toBe("waited");
    await connect("another key").send(ACCOUNT);
    expect(inner.sent).toEqual([BARS, ACCOUNT]);
  });

  it("[RL11] tells what is left of each host", async () => {
    await transport.send(ACCOUNT);
    expect(transport.budget()).toMatchObject([
      { host: "trading", limit: 200, windowMs: 60_000, spendable: 180, reserved: 36, remaining: 179 },
      { host: "data", limit: 200, remaining: 180 },
    ]);
  });

  it("[RL6] waits until the reset by the broker's clock, whatever ours says", async () => {
    skewMs = 3_600_000;
    const resetAt = clock.now() + skewMs + 7_000;
    inner.answer = () => ({ ...GOOD, status: 429, budget: { limit: 200, remaining: 0, resetAt }, retryAfterMs: 0 });
    expect(await transport.send(ACCOUNT)).toMatchObject({ status: 429 });
    inner.answer = () => GOOD;
    const cancel = transport.send(CANCEL);
    await clock.advance(7_000);
    expect(inner.sent).toHaveLength(1);
    await clock.advance(1_000);
    await cancel;
    expect(inner.sent).toEqual([ACCOUNT, CANCEL]);
  });

  it("[RL14] who asked for an order is asked again in the instant it would go, and may say no", async () => {
    inner.answer = () => ({ ...GOOD, status: 429, retryAfterMs: 2_000 });
    await transport.send(ACCOUNT);
    inner.answer = () => GOOD;
    inner.sent.length = 0;
    let isHalted = false;
    const refusal = () => (isHalted ? unsent(ALPACA, "held_back", "trading was halted") : null);
    const held = failureOf(transport.send(placing("held"), { refusal }));
    const free = transport.send(placing("free"));
    isHalted = true;
    await clock.advance(3_000);
    await free;
    expect(unsentReason(await held)).toBe("held_back");
    expect(inner.sent).toEqual([placing("free")]);
  });

  it("[RL6] a 429 of one host holds the other not", async () => {
    inner.answer = ({ host }) => (host === "data" ? { ...GOOD, status: 429, retryAfterMs: 60_000 } : GOOD);
    await transport.send(BARS);
    await transport.send(CANCEL);
    expect(await failureOf(transport.send(BARS))).toMatchObject({
      code: "RATE_LIMIT_EXCEEDED",
      outcome: "refused",
      details: { unsent: "waited" },
    });
    expect(inner.sent).toEqual([BARS, CANCEL]);
  });

  it("[RL5] what must be sent by an instant is not sent after it", async () => {
    await spendReads();
    await clock.advance(57_000);
    const late = failureOf(transport.send(placing("late"), { sendBy: clock.now() + 2_000 }));
    const inTime = transport.send(placing("in time"), { sendBy: clock.now() + 4_000 });
    await clock.advance(5_000);
    expect(await late).toMatchObject({
      code: "RATE_LIMIT_EXCEEDED",
      outcome: "refused",
      details: { unsent: "waited" },
    });
    await inTime;
    expect(inner.sent).toEqual([placing("in time")]);
    expect(await failureOf(transport.send(placing("over"), { sendBy: clock.now() }))).toMatchObject({
      code: "TIMEOUT",
      outcome: "refused",
      details: { unsent: "late" },
    });
  });

  it("[RL9] takes back an order that waits, by its client order id", async () => {
    await spendReads();
    await clock.advance(57_000);
    const mine = failureOf(transport.send(placing("mine")));
    const other = transport.send(placing("other"));
    expect([transport.withdraw("mine"), transport.withdraw("mine"), transport.withdraw("unknown")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(await mine).toMatchObject({ code: "ORDER_CLOSED", outcome: "refused", details: { unsent: "withdrawn" } });
    await clock.advance(5_000);
    await other;
    expect(transport.withdraw("other")).toBe(false);
    expect(inner.sent).toEqual([placing("other")]);
  });

  it("[RL10] what fails five times is left alone, and nothing else is", async () => {
    inner.answer = ({ path }) => (path === "/v2/positions" ? { ...GOOD, status: 503 } : GOOD);
    for (let count = 0; count < 5; count += 1) await transport.send(POSITIONS);
    const refusal = await failureOf(transport.send(POSITIONS));
    expect(refusal).toMatchObject({
      code: "CONNECTION_FAILED",
      outcome: "refused",
      details: { unsent: "breaker_open", failures: 5 },
    });
    expect(refusal.details["retryAfterMs"]).toBeGreaterThan(0);
    await transport.send(ACCOUNT);
    expect(inner.sent).toHaveLength(6);
    inner.answer = () => GOOD;
    await clock.advance(1_000);
    await transport.send(POSITIONS);
    await transport.send(POSITIONS);
    expect(inner.sent).toHaveLength(8);
  });

  it("[RL10] what fails beneath a path bars neither what is above it nor beside it; the ids in it are none of it", async () => {
    const isBad = ({ path }: RestRequest): boolean => /FILL|bars|assets/.test(path);
    inner.answer = (request) => (isBad(request) ? { ...GOOD, status: 500 } : GOOD);
    const asset = (symbol: string): RestRequest => ({ ...ACCOUNT, path: `/v2/assets/${symbol}` });
    const fills: RestRequest = { ...ACCOUNT, path: "/v2/account/activities/FILL" };
    for (let count = 0; count < 5; count += 1)
      for (const each of [fills, BARS, asset(`A${count}`)]) await transport.send(each);
    for (const each of [fills, BARS, asset("B")])
      expect(unsentReason(await failureOf(transport.send(each)))).toBe("breaker_open");
    const others = [ACCOUNT, { ...ACCOUNT, path: "/v2/account/activities" }, { ...BARS, path: "/v2/stocks/snapshots" }];
    for (const each of others) expect(await transport.send(each)).toEqual(GOOD);
  });

  it("[RL10] orders without an answer, one after another, are no more sent for a while; none of those is unknown", async () => {
    const lost = new BrokerError("no answer", "OUTCOME_UNKNOWN", ALPACA);
    inner.answer = () => Promise.reject(lost);
    for (let count = 0; count < 5; count += 1) await failureOf(transport.send(placing(`lost ${count}`)));
    expect(await failureOf(transport.send(placing("next")))).toMatchObject({
      outcome: "refused",
      details: { unsent: "breaker_open" },
    });
    expect(inner.sent).toHaveLength(5);
  });

  it("[RL10] a cancel is sent however often one failed", async () => {
    inner.answer = () => ({ ...GOOD, status: 500 });
    for (let count = 0; count < 20; count += 1) {
      await transport.send(CANCEL);
      await transport.send(CANCEL_ALL);
    }
    expect(inner.sent).toHaveLength(40);
  });

  it("[RL10] a caller who soon stops waiting says nothing of the other end; one who waited long does", async () => {
    inner.answer = (_request, { signal }) =>
      new Promise((_resolve, reject) => {
        const gone = new BrokerError("stopped waiting", "TIMEOUT", ALPACA, { outcome: "refused" });
        signal?.addEventListener("abort", () => reject(gone));
      });
    const giveUp = async (ms: number): Promise<string | null> => {
      const caller = new AbortController();
      const failure = failureOf(transport.send(ACCOUNT, { signal: caller.signal }));
      await clock.advance(ms);
      caller.abort();
      return unsentReason(await failure);
    };
    for (let count = 0; count < 6; count += 1) expect(await giveUp(100)).toBeNull();
    for (let count = 0; count < 5; count += 1) expect(await giveUp(5_000)).toBeNull();
    expect(await giveUp(0)).toBe("breaker_open");
  });

  it("[RL10] an address that cannot be reached is tried as often as anybody asks", async () => {
    inner.answer = () =>
      Promise.reject(new BrokerError("unreachable", "CONNECTION_FAILED", ALPACA, { outcome: "refused" }));
    for (let count = 0; count < 20; count += 1) await failureOf(transport.send(ACCOUNT));
    expect(inner.sent).toHaveLength(20);
  });

  it("[RL5] once closed, what waits and what comes is refused; a neighbour of the same keys goes on", async () => {
    await spendReads();
    await clock.advance(57_000);
    const waiting = failureOf(transport.send(ACCOUNT));
    const neighbours = connect().send(POSITIONS);
    transport.close();
    expect(await waiting).toMatchObject({
      code: "CONNECTION_FAILED",
      outcome: "refused",
      details: { unsent: "closed" },
    });
    expect(unsentReason(await failureOf(transport.send(ACCOUNT)))).toBe("closed");
    await clock.advance(4_000);
    await neighbours;
    expect(inner.sent).toEqual([POSITIONS]);
  });
});
