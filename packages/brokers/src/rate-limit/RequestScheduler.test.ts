import { beforeEach, describe, expect, it } from "vitest";
import { URGENCIES, type Urgency } from "../domain/Urgency.ts";
import { failureOf } from "../testing/contract/calls.ts";
import { FakeClock } from "../testing/FakeClock.ts";
import { seededRandom } from "../testing/seededRandom.ts";
import { perUrgency } from "./perUrgency.ts";
import { RequestScheduler, type Heard, type ScheduledRequest } from "./RequestScheduler.ts";
import { unsent, unsentReason, withdrawn } from "./unsent.ts";

const WINDOW_MS = 1_000;
const OWNER = {};

let clock: FakeClock;
let scheduler: RequestScheduler;
/** What was sent, in order. */
let sent: string[];

/** @param limit ten in a second: nine are spent, two of them kept. */
function make(limit = 10, queueLimit = 100): RequestScheduler {
  return new RequestScheduler({
    terms: { limit, windowMs: WINDOW_MS },
    deps: { clock, random: seededRandom(1) },
    queueLimits: perUrgency(() => queueLimit),
  });
}

function ask(urgency: Urgency, change: Partial<ScheduledRequest<Heard | null>> = {}): Promise<Heard | null> {
  return scheduler.run<Heard | null>({
    broker: "Test",
    urgency,
    maxWaitMs: 60_000,
    owner: OWNER,
    send: () => {
      sent.push(urgency);
      return Promise.resolve(null);
    },
    hear: (heard) => heard ?? { budget: null, spent: null },
    ...change,
  });
}

/** Answers with what the broker says. */
const telling = (heard: Partial<Heard>) => ({
  send: () => {
    sent.push("told");
    return Promise.resolve({ budget: null, spent: null, ...heard });
  },
});

async function spend(count: number, urgency: Urgency = "cancel"): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => ask(urgency)));
  sent = [];
}

beforeEach(() => {
  clock = new FakeClock();
  scheduler = make();
  sent = [];
});

describe("the scheduler", () => {
  it("[RL13] sends what need not wait in the tick of its call", async () => {
    const going = ask("history");
    expect(sent).toEqual(["history"]);
    await going;
    expect(clock.pendingTimers).toBe(0);
  });

  it("[RL2] lets what waits go by its urgency, and within a kind in the order in which it came", async () => {
    await spend(9);
    const named = (urgency: Urgency, name: string) =>
      ask(urgency, {
        send: () => {
          sent.push(name);
          return Promise.resolve(null);
        },
      });
    const all = URGENCIES.toReversed().flatMap((urgency) => [
      named(urgency, `${urgency} 1`),
      named(urgency, `${urgency} 2`),
    ]);
    await clock.advance(5_000);
    await Promise.all(all);
    expect(sent).toEqual(URGENCIES.flatMap((urgency) => [`${urgency} 1`, `${urgency} 2`]));
  });

  it("[RL3] keeps a fifth for cancels and for what makes a risk smaller", async () => {
    await spend(7, "read");
    const reading = ask("read");
    expect(sent).toEqual([]);
    await Promise.all([ask("cancel"), ask("reduce")]);
    expect(sent).toEqual(["cancel", "reduce"]);
    await clock.advance(WINDOW_MS);
    await reading;
    expect(sent).toEqual(["cancel", "reduce", "read"]);
  });

  it("[RL2] within the reserve too a cancel goes first", async () => {
    await spend(2);
    await clock.advance(500);
    await spend(5, "read");
    await spend(2);
    const waiting = [ask("reduce"), ask("cancel")];
    await clock.advance(500);
    await Promise.all(waiting);
    expect(sent).toEqual(["cancel", "reduce"]);
  });

  it("[RL3] a tenth of fifty in a second are kept where five of them shall be", async () => {
    scheduler = new RequestScheduler({
      terms: { limit: 50, windowMs: WINDOW_MS, reserve: 5 / 45 },
      deps: { clock, random: seededRandom(1) },
    });
    const asked = Array.from({ length: 100 }, () => ask("order"));
    expect(sent).toHaveLength(40);
    const cancels = Array.from({ length: 6 }, () => ask("cancel"));
    expect(sent.slice(40)).toEqual(["cancel", "cancel", "cancel", "cancel", "cancel"]);
    await clock.advance(5_000);
    await Promise.all([...asked, ...cancels]);
    expect(sent[45]).toBe("cancel");
  });

  it("[RL4] no kind starves, however many of a more urgent one there are", async () => {
    scheduler = make(1_000, 10_000);
    await spend(900);
    const orders = Array.from({ length: 3_000 }, () => ask("order"));
    const others = (["lookup", "read", "history"] as const).flatMap((urgency) =>
      Array.from({ length: 30 }, () => ask(urgency)),
    );
    await clock.advance(2 * WINDOW_MS);
    const upTo = sent.slice(0, 1_400);
    expect(upTo.filter((urgency) => urgency === "history").length).toBeGreaterThanOrEqual(13);
    expect(upTo.filter((urgency) => urgency === "read").length).toBeGreaterThanOrEqual(13);
    await clock.advance(10 * WINDOW_MS);
    await Promise.all([...orders, ...others]);
  });

  it("[RL5] refuses at once what cannot be sent in its time, and says when it can", async () => {
    await spend(9);
    const error = await failureOf(ask("order", { maxWaitMs: 400 }));
    expect(error).toMatchObject({
      code: "RATE_LIMIT_EXCEEDED",
      outcome: "refused",
      retryable: true,
      details: { unsent: "waited", retryAfterMs: WINDOW_MS, limit: 10, windowMs: WINDOW_MS, remaining: 0, waitedMs: 0 },
    });
    expect(unsentReason(error)).toBe("waited");
    expect(sent).toEqual([]);
  });

  it("[RL5] never sends what waited too long behind others", async () => {
    await spend(9);
    const first = Array.from({ length: 9 }, () => ask("cancel"));
    const late = failureOf(ask("cancel", { maxWaitMs: 1_500 }));
    await clock.advance(1_499);
    await Promise.all(first);
    expect(sent).toHaveLength(9);
    await clock.advance(1);
    expect(await late).toMatchObject({ details: { unsent: "waited", waitedMs: 1_500 } });
    await clock.advance(5_000);
    expect(sent).toHaveLength(9);
    expect(clock.pendingTimers).toBe(0);
  });

  it("[RL5] never sends late, also where its own timer is late", async () => {
    let heldUpMs = 0;
    const slow = {
      now: () => clock.now() + heldUpMs,
      monotonic: () => clock.monotonic() + heldUpMs,
      sleep: (ms: number) => clock.sleep(ms),
      setTimer: (ms: number, callback: () => void) => clock.setTimer(ms, callback),
    };
    const deps = { clock: slow, random: seededRandom(1) };
    scheduler = new RequestScheduler({ terms: { limit: 10, windowMs: WINDOW_MS }, deps });
    await spend(9);
    const late = failureOf(ask("order", { maxWaitMs: 1_200 }));
    heldUpMs = 300;
    await clock.advance(WINDOW_MS);
    expect(await late).toMatchObject({ details: { unsent: "waited", waitedMs: 1_300 } });
    expect(sent).toEqual([]);
  });

  it("[RL5] what is over before it comes is not sent, though there is room", async () => {
    const error = await failureOf(ask("order", { maxWaitMs: 0 }));
    expect(error).toMatchObject({ code: "TIMEOUT", outcome: "refused", details: { unsent: "late" } });
    expect(sent).toEqual([]);
  });

  it("[RL6] takes the limit that the broker tells", async () => {
    await ask("read", telling({ budget: { limit: 1_000, remaining: 999, window: 1, resetsInMs: WINDOW_MS } }));
    const asked = Array.from({ length: 100 }, () => ask("read"));
    expect(sent).toHaveLength(101);
    await Promise.all(asked);
    await ask("read", telling({ budget: { limit: 5, remaining: 4, window: 2, resetsInMs: WINDOW_MS } }));
    await clock.advance(2 * WINDOW_MS);
    sent = [];
    const more = Array.from({ length: 5 }, () => ask("cancel"));
    expect(sent).toHaveLength(4);
    await clock.advance(WINDOW_MS);
    await Promise.all(more);
  });

  it("[RL6] what others spent is not there: reads leave the tenth and the reserve, a cancel takes the last", async () => {
    await ask("read", telling({ budget: { limit: 10, remaining: 4, window: 1, resetsInMs: WINDOW_MS } }));
    const reads = [ask("read"), ask("read")];
    expect(sent).toEqual(["told", "read"]);
    const cancels = [ask("cancel"), ask("cancel"), ask("cancel"), ask("cancel")];
    expect(sent).toEqual(["told", "read", "cancel", "cancel", "cancel"]);
    await clock.advance(3 * WINDOW_MS);
    await Promise.all([...reads, ...cancels]);
  });

  it("[RL6] answers that overtake each other do not make it more", async () => {
    const answers: ((heard: Heard) => void)[] = [];
    const asked = Array.from({ length: 3 }, () =>
      ask("read", { send: () => new Promise((resolve) => answers.push(resolve)) }),
    );
    const told = (remaining: number): Heard => ({
      budget: { limit: 10, remaining, window: 1, resetsInMs: 900 },
      spent: null,
    });
    // The broker took them in another order than it answered them.
    for (const [index, remaining] of [3, 9, 4].entries()) answers[index]?.(told(remaining));
    await Promise.all(asked);
    const cancels = Array.from({ length: 5 }, () => ask("cancel"));
    expect(sent).toEqual(["cancel", "cancel", "cancel"]);
    await clock.advance(3 * WINDOW_MS);
    await Promise.all(cancels);
  });

  it("[RL6] what is under way may not be counted yet in what is told", async () => {
    const held: (() => void)[] = [];
    const holding = Array.from({ length: 3 }, () =>
      ask("read", { send: () => new Promise((resolve) => held.push(() => resolve(null))) }),
    );
    await ask("read", telling({ budget: { limit: 10, remaining: 4, window: 1, resetsInMs: 900 } }));
    const cancels = [ask("cancel"), ask("cancel")];
    expect(sent).toEqual(["told", "cancel"]);
    for (const release of held) release();
    await clock.advance(2 * WINDOW_MS);
    await Promise.all([...holding, ...cancels]);
    expect(sent).toEqual(["told", "cancel", "cancel"]);
  });

  it("[RL6] what has no answer counts as spent, and is under way no more", async () => {
    const lose = () => failureOf(ask("read", { send: () => Promise.reject(unsent("Test", "closed", "cut off")) }));
    const told = (remaining: number, window: number) =>
      ask("read", telling({ budget: { limit: 10, remaining, window, resetsInMs: WINDOW_MS } }));
    await told(5, 1);
    await Promise.all([lose(), lose()]);
    expect(scheduler.status()).toMatchObject({ remaining: 3 });
    await clock.advance(3 * WINDOW_MS);
    await told(5, 2);
    expect(scheduler.status()).toMatchObject({ remaining: 5 });
  });

  it("[RL6] [D15] after a refusal nothing goes until the reset, and a little longer", async () => {
    await ask("read", telling({ spent: { retryAfterMs: 1_700 } }));
    const closing = ask("reduce");
    await clock.advance(1_799);
    expect(sent).toEqual(["told"]);
    await clock.advance(901);
    await closing;
    expect(sent).toEqual(["told", "reduce"]);
  });

  it("[RL6] [D15] in a long pause one cancel after another may try, each refusal doubling the wait; nothing else does", async () => {
    const terms = { limit: 200, windowMs: 60_000 };
    scheduler = new RequestScheduler({ terms, deps: { clock, random: seededRandom(1) } });
    const tries: number[] = [];
    const beganAt = clock.monotonic();
    const refused: Heard = { budget: null, spent: { retryAfterMs: 600_000 } };
    await ask("read", telling(refused));
    const trying = (heard?: Heard) =>
      ask("cancel", {
        maxWaitMs: 30_000,
        send: () => {
          tries.push(clock.monotonic() - beganAt);
          return Promise.resolve(heard ?? null);
        },
        ...(heard === undefined ? {} : { hear: () => heard }),
      });
    const cancels = [trying(refused), trying(refused), trying(), trying()];
    const reads = [failureOf(ask("read")), failureOf(ask("reduce", { maxWaitMs: 5_000 }))];
    await clock.advance(20_000);
    await Promise.all(cancels);
    const waits = tries.map((at, index) => at - (tries[index - 1] ?? 0));
    for (const [index, leastMs] of [500, 1_000, 2_000, 500].entries())
      expect(waits[index]).toBeGreaterThanOrEqual(leastMs);
    expect(waits[0]).toBeLessThanOrEqual(2_000);
    for (const error of await Promise.all(reads)) {
      expect(error.message).toBe("Test: the broker asked to wait; nothing was sent");
    }
    expect(sent).toEqual(["told"]);
  });

  it("[RL6] refusals that say no time are waited out longer each time", async () => {
    const waits: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      const askedAt = clock.monotonic();
      const going = ask("cancel", telling({ spent: { retryAfterMs: null } }));
      await clock.advanceUntil(() => sent.length > count);
      waits.push(clock.monotonic() - askedAt);
      await going;
    }
    const [first = 0, second = 0, third = 0] = waits;
    expect(first).toBe(0);
    expect(second).toBeGreaterThanOrEqual(600);
    expect(third).toBeGreaterThanOrEqual(1_100);
  });

  it("[RL6] a time that cannot be is not waited for", async () => {
    await ask("read", telling({ budget: { limit: 10, remaining: 0, window: 1, resetsInMs: 1e12 } }));
    const cancel = ask("cancel");
    await clock.advance(3 * WINDOW_MS);
    await cancel;
    expect(sent).toEqual(["told", "cancel"]);
  });

  it("[RL7] refuses at once what is too many of its kind, and no other kind", async () => {
    scheduler = make(10, 3);
    await spend(9);
    const waiting = Array.from({ length: 3 }, () => ask("read"));
    expect(await failureOf(ask("read"))).toMatchObject({
      code: "RATE_LIMIT_EXCEEDED",
      outcome: "refused",
      details: { unsent: "queue_full", ahead: 3 },
    });
    const cancel = ask("cancel");
    await clock.advance(3 * WINDOW_MS);
    await Promise.all([...waiting, cancel]);
    expect(sent).toEqual(["cancel", "read", "read", "read"]);
  });

  it("[RL8] a caller who stops waiting takes its request out, unsent", async () => {
    await spend(9);
    const caller = new AbortController();
    const asking = failureOf(ask("order", { signal: caller.signal }));
    caller.abort();
    expect(await asking).toMatchObject({ code: "TIMEOUT", outcome: "refused", details: { unsent: "abandoned" } });
    expect(await failureOf(ask("order", { signal: caller.signal }))).toMatchObject({
      details: { unsent: "abandoned" },
    });
    await clock.advance(3 * WINDOW_MS);
    expect(sent).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  it("[RL9] an order that is taken back while it waits is never sent, and nobody else's is", async () => {
    await spend(9);
    const mine = failureOf(ask("order", { name: "mine" }));
    const others = [ask("order", { name: "mine", owner: {} }), ask("order", { name: "other" }), ask("order")];
    expect(scheduler.withdraw(OWNER, "mine", withdrawn("Test"))).toBe(true);
    expect(await mine).toMatchObject({
      code: "ORDER_CLOSED",
      outcome: "refused",
      retryable: false,
      details: { unsent: "withdrawn" },
    });
    expect(scheduler.withdraw(OWNER, "mine", withdrawn("Test"))).toBe(false);
    await clock.advance(3 * WINDOW_MS);
    await Promise.all(others);
    expect(sent).toHaveLength(3);
  });

  it("[RL9] an order that was sent is not taken back", async () => {
    const going = ask("order", { name: "mine" });
    expect(scheduler.withdraw(OWNER, "mine", withdrawn("Test"))).toBe(false);
    await going;
    expect(sent).toEqual(["order"]);
  });

  it("[RL5] what its owner gives up is refused, and others go on", async () => {
    await spend(9);
    const mine = failureOf(ask("order"));
    const others = ask("order", { owner: {} });
    scheduler.refuseAll(OWNER, unsent("Test", "closed", "the connection was closed"));
    expect(await mine).toMatchObject({ code: "CONNECTION_FAILED", outcome: "refused", details: { unsent: "closed" } });
    await clock.advance(3 * WINDOW_MS);
    await others;
    expect(sent).toEqual(["order"]);
  });

  it("[RL10] what is barred in its turn is refused, and spends nothing", async () => {
    await spend(7, "read");
    let isBarred = false;
    const refusal = () => (isBarred ? unsent("Test", "breaker_open", "it failed") : null);
    const barred = Array.from({ length: 5 }, () => failureOf(ask("order", { refusal })));
    const reads = Array.from({ length: 7 }, () => ask("read"));
    isBarred = true;
    await clock.advance(WINDOW_MS);
    await Promise.all(reads);
    expect((await Promise.all(barred)).map(unsentReason)).toEqual(Array.from({ length: 5 }, () => "breaker_open"));
    expect(sent).toEqual(Array.from({ length: 7 }, () => "read"));
  });

  it("[RL11] tells what is left, who waits and how long", async () => {
    expect(scheduler.status()).toMatchObject({
      limit: 10,
      spendable: 9,
      reserved: 2,
      remaining: 9,
      resetAt: clock.now(),
    });
    await spend(7, "read");
    const reading = ask("read");
    const history = ask("history");
    await clock.advance(300);
    expect(scheduler.status()).toMatchObject({
      remaining: 2,
      resetAt: clock.now() + WINDOW_MS - 300,
      queued: { cancel: 0, read: 1, history: 1 },
      waitingMs: { cancel: 0, read: 300, history: 300 },
      longestWaitMs: { read: 0 },
    });
    await clock.advance(700);
    await Promise.all([reading, history]);
    expect(scheduler.status()).toMatchObject({
      remaining: 7,
      queued: { read: 0, history: 0 },
      waitingMs: { read: 0 },
      longestWaitMs: { read: WINDOW_MS, history: WINDOW_MS, cancel: 0 },
    });
  });

  it("[RL5] a request that fails frees nothing, and holds nobody", async () => {
    const failed = await failureOf(
      ask("order", { send: () => Promise.reject(unsent("Test", "closed", "its own failure")) }),
    );
    expect(failed.message).toContain("its own failure");
    expect(scheduler.status()).toMatchObject({ remaining: 8 });
    await spend(8);
    const next = ask("cancel");
    expect(sent).toEqual([]);
    await clock.advance(WINDOW_MS);
    await next;
  });
});
