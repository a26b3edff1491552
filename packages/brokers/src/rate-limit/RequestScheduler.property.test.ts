import fc from "fast-check";
import { expect, it } from "vitest";
import { URGENCIES, type Urgency } from "../domain/Urgency.ts";
import { FakeClock } from "../testing/FakeClock.ts";
import { seededRandom } from "../testing/seededRandom.ts";
import { perUrgency } from "./perUrgency.ts";
import { RequestScheduler, type Heard } from "./RequestScheduler.ts";
import { unsentReason } from "./unsent.ts";

const WINDOW_MS = 1_000;
/** So small that it is spent most of the time. */
const LIMIT = fc.integer({ min: 1, max: 12 });
const OWNER = {};

interface Asked {
  readonly index: number;
  readonly urgency: Urgency;
  readonly askedAt: number;
  readonly maxWaitMs: number;
  readonly caller: AbortController;
  sentAt: number | null;
  end: "sent" | "failed" | "unsent" | null;
  times: number;
}

/** A broker of its own mind: counts in windows of its own, tells what is left, and refuses what is too much. */
class Counter {
  readonly #limit: number;
  #window = -1;
  #used = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  take(now: number, elsewhere: number): Heard {
    const window = Math.floor(now / WINDOW_MS);
    if (window !== this.#window) this.#used = 0;
    this.#window = window;
    this.#used += 1 + elsewhere;
    const resetsInMs = (window + 1) * WINDOW_MS - now;
    const isRefused = this.#used > this.#limit;
    const budget = { limit: this.#limit, remaining: Math.max(0, this.#limit - this.#used), window, resetsInMs };
    return { budget, spent: isRefused ? { retryAfterMs: resetsInMs } : null };
  }
}

interface Ask {
  readonly kind: "ask";
  readonly urgency: Urgency;
  readonly count: number;
  readonly maxWaitMs: number;
  readonly tookMs: number;
  readonly fails: boolean;
  /** What others spent of the same keys at the same time. */
  readonly elsewhere: number;
}
type Act = Ask | { readonly kind: "stop"; readonly nth: number } | { readonly kind: "pass"; readonly ms: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("ask" as const),
      urgency: fc.constantFrom(...URGENCIES),
      count: fc.integer({ min: 1, max: 12 }),
      maxWaitMs: fc.constantFrom(0, 1, 250, 1_000, 4_000),
      tookMs: fc.constantFrom(0, 5, 400),
      fails: fc.boolean(),
      elsewhere: fc.constantFrom(0, 0, 0, 3),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("stop" as const), nth: fc.nat(50) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 700 }) }) },
);

interface Run {
  readonly asked: readonly Asked[];
  /** In the order in which they were sent. */
  readonly sent: readonly Asked[];
  /** Cancels that waited when something else was sent. */
  readonly overtaken: number;
  /** When the first answer told the limit. */
  readonly toldAt: number;
  readonly pendingTimers: number;
}

async function play(limit: number, told: number | null, acts: readonly Act[]): Promise<Run> {
  const clock = new FakeClock();
  const broker = told === null ? null : new Counter(told);
  const scheduler = new RequestScheduler({
    terms: { limit, windowMs: WINDOW_MS },
    deps: { clock, random: seededRandom(7) },
    queueLimits: perUrgency(() => 20),
  });
  const asked: Asked[] = [];
  const sent: Asked[] = [];
  let overtaken = 0;
  let toldAt = Number.POSITIVE_INFINITY;
  const ends: Promise<void>[] = [];

  function ask(what: Ask): void {
    const mine: Asked = {
      index: asked.length,
      urgency: what.urgency,
      askedAt: clock.monotonic(),
      maxWaitMs: what.maxWaitMs,
      caller: new AbortController(),
      sentAt: null,
      end: null,
      times: 0,
    };
    asked.push(mine);
    const send = async (): Promise<Heard> => {
      mine.times += 1;
      mine.sentAt = clock.monotonic();
      sent.push(mine);
      const waiting = scheduler.status().queued.cancel;
      if (mine.urgency !== "cancel" && waiting > 0) overtaken += 1;
      const heard = broker?.take(clock.now(), what.elsewhere) ?? { budget: null, spent: null };
      if (what.tookMs > 0) await clock.sleep(what.tookMs);
      if (what.fails) throw new Error("lost");
      toldAt = Math.min(toldAt, clock.monotonic());
      return heard;
    };
    const { urgency, maxWaitMs, caller } = mine;
    const request = { broker: "Test", urgency, maxWaitMs, owner: OWNER, signal: caller.signal, send };
    ends.push(
      scheduler.run({ ...request, hear: (heard) => heard }).then(
        () => void (mine.end = "sent"),
        (error: unknown) => void (mine.end = unsentReason(error) === null ? "failed" : "unsent"),
      ),
    );
  }

  for (const what of acts) {
    if (what.kind === "ask") for (let count = 0; count < what.count; count += 1) ask(what);
    else if (what.kind === "stop") asked[what.nth]?.caller.abort();
    else await clock.advance(what.ms);
  }
  await clock.advance(20 * WINDOW_MS);
  await Promise.all(ends);
  return { asked, sent, overtaken, toldAt, pendingTimers: clock.pendingTimers };
}

function most(instants: readonly number[]): number {
  const within = (from: number): number => instants.filter((at) => at >= from && at < from + WINDOW_MS).length;
  return Math.max(0, ...instants.map(within));
}

const acts = fc.array(act, { maxLength: 60 });

it("[RL1] never more than nine tenths of the limit in any window, whatever is asked", async () => {
  await fc.assert(
    fc.asyncProperty(LIMIT, acts, async (limit, what) => {
      const { sent } = await play(limit, null, what);
      expect(most(sent.map(({ sentAt }) => sentAt ?? 0))).toBeLessThanOrEqual(Math.max(1, Math.floor(limit * 0.9)));
    }),
  );
});

it("[RL1] nor of the limit that the broker tells, once it has told it", async () => {
  await fc.assert(
    fc.asyncProperty(LIMIT, acts, async (told, what) => {
      const { sent, toldAt } = await play(12, told, what);
      const later = sent.flatMap(({ sentAt }) => (sentAt !== null && sentAt > toldAt ? [sentAt] : []));
      expect(most(later)).toBeLessThanOrEqual(Math.max(1, Math.floor(told * 0.9)));
    }),
  );
});

it("[RL2] a cancel is never behind another kind, and each kind goes in the order in which it came", async () => {
  await fc.assert(
    fc.asyncProperty(LIMIT, fc.option(LIMIT, { nil: null }), acts, async (limit, told, what) => {
      const { sent, overtaken } = await play(limit, told, what);
      expect(overtaken).toBe(0);
      for (const urgency of URGENCIES) {
        const order = sent.filter((each) => each.urgency === urgency).map(({ index }) => index);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }
    }),
  );
});

it("[RL5] everything ends: sent once and in its time, or refused unsent", async () => {
  await fc.assert(
    fc.asyncProperty(LIMIT, fc.option(LIMIT, { nil: null }), acts, async (limit, told, what) => {
      const { asked, pendingTimers } = await play(limit, told, what);
      for (const { end, times, sentAt, askedAt, maxWaitMs } of asked) {
        expect(end).not.toBeNull();
        expect(times).toBe(end === "unsent" ? 0 : 1);
        expect(sentAt === null || maxWaitMs > sentAt - askedAt).toBe(true);
      }
      expect(pendingTimers).toBe(0);
    }),
  );
});
