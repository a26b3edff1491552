import { AlpacaSchedulers } from "../src/alpaca/rest/AlpacaSchedulers.ts";
import type { AlpacaTransport, RestAnswer, RestRequest } from "../src/alpaca/rest/AlpacaTransport.ts";
import { ScheduledTransport } from "../src/alpaca/rest/ScheduledTransport.ts";
import { URGENCIES } from "../src/domain/Urgency.ts";
import { perUrgency } from "../src/rate-limit/perUrgency.ts";
import { RequestScheduler } from "../src/rate-limit/RequestScheduler.ts";
import { SeededRandom } from "../src/random/SeededRandom.ts";
import { SystemClock } from "../src/SystemClock.ts";

const QUEUED = 10_000;
const ROUNDS = 40;
/** Fewer than the reserve of a minute at Alpaca. */
const CANCELS_A_ROUND = 30;
const DRAINS = 5;
const CANCELS_A_DRAIN = 200;
/** Of a broker that allows 2,000 in a second: the queue drains in bursts while cancels come. */
const FAST = { limit: 2_000, windowMs: 1_000 };
const GOAL_P99_MS = 100;

const clock = new SystemClock();
const deps = { clock, random: new SeededRandom(1) };
const queueLimits = perUrgency(() => QUEUED);
const ANSWER: RestAnswer = { status: 200, body: "{}", requestId: null, budget: null, retryAfterMs: null };
const CANCEL: RestRequest = { host: "trading", method: "DELETE", path: "/v2/orders/1", urgency: "cancel" };
const OTHERS = URGENCIES.filter((urgency) => urgency !== "cancel" && urgency !== "reduce");

/** Answers at once, and notes when each cancel was given to it. */
class InstantTransport implements AlpacaTransport {
  sentAt = 0;

  send(): Promise<RestAnswer> {
    this.sentAt = performance.now();
    return Promise.resolve(ANSWER);
  }

  [Symbol.dispose](): void {}
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function figures(waits: number[]): { readonly count: number; readonly p50Ms: number; readonly p99Ms: number } {
  const sorted = waits.toSorted((a, b) => a - b);
  return { count: sorted.length, p50Ms: at(sorted, 0.5), p99Ms: at(sorted, 0.99) };
}

/** Fills the queue with all kinds but the urgent ones; nothing of them goes while the budget is spent. */
function fill(scheduler: RequestScheduler, owner: object, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const urgency = OTHERS[index % OTHERS.length] ?? "read";
    void scheduler
      .run({ broker: "bench", urgency, maxWaitMs: 600_000, owner, send: () => Promise.resolve(null) })
      .catch(() => undefined);
  }
}

function connect(scheduler: RequestScheduler, inner: AlpacaTransport): ScheduledTransport {
  const { data } = new AlpacaSchedulers(deps).of("bench", { trading: "", data: "" });
  return new ScheduledTransport({
    inner,
    schedulers: { trading: scheduler, data },
    deps,
    brokerNow: () => clock.now(),
  });
}

/** From the call to the wire, at Alpaca's limit: the reserve is there, everything else waits for its minute. */
async function held(queued: number): Promise<number[]> {
  const waits: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const scheduler = new RequestScheduler({ terms: { limit: 200, windowMs: 60_000 }, deps, queueLimits });
    const inner = new InstantTransport();
    const transport = connect(scheduler, inner);
    // What the minute allows goes at once; the rest waits.
    if (queued > 0) fill(scheduler, transport, queued + 144);
    for (let count = 0; count < CANCELS_A_ROUND; count += 1) {
      const calledAt = performance.now();
      await transport.send(CANCEL);
      waits.push(inner.sentAt - calledAt);
    }
    transport.close();
  }
  return waits;
}

/** From the call to the wire while the queue drains: cancels come at their own times. */
async function draining(queued: number): Promise<number[]> {
  const waits: number[] = [];
  for (let drain = 0; drain < DRAINS; drain += 1) {
    const scheduler = new RequestScheduler({ terms: FAST, deps, queueLimits });
    const inner = new InstantTransport();
    const transport = connect(scheduler, inner);
    if (queued > 0) fill(scheduler, transport, queued);
    for (let count = 0; count < CANCELS_A_DRAIN; count += 1) {
      const dueAt = performance.now() + 5;
      await clock.sleep(5);
      await transport.send(CANCEL);
      // From when it was to be called: what holds the event loop up counts.
      waits.push(inner.sentAt - dueAt);
    }
    transport.close();
  }
  return waits;
}

const rounded = (value: number): number => Number(value.toPrecision(3));

for (const [name, measure] of [
  ["a cancel's wait, the queue held by the budget", held],
  ["a cancel's wait, the queue draining 1,440 a second, from when it was due", draining],
] as const) {
  await measure(QUEUED);
  const behind = figures(await measure(QUEUED));
  const alone = figures(await measure(0));
  const result = {
    name,
    queued: QUEUED,
    cancels: behind.count,
    p50Ms: rounded(behind.p50Ms),
    p99Ms: rounded(behind.p99Ms),
    emptyP50Ms: rounded(alone.p50Ms),
    emptyP99Ms: rounded(alone.p99Ms),
    ratioP50: rounded(behind.p50Ms / alone.p50Ms),
    ratioP99: rounded(behind.p99Ms / alone.p99Ms),
    goalP99Ms: GOAL_P99_MS,
    isMet: behind.p99Ms <= GOAL_P99_MS,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
