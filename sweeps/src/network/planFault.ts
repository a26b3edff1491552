import { SeededRandom } from "@trenddojo/brokers";

/** What goes wrong between a desk and its broker: the first seven on the wire, the others in the broker's own answers. */
export const FAULTS = [
  "latency",
  "slicer",
  "reset_request",
  "reset_answer",
  "slow_close",
  "half_open",
  "down",
  "error_after_accept",
  "dropped_after_accept",
  "error_before_accept",
  "truncated_answer",
  "garbage_answer",
  "too_many_with_reset",
  "too_many_without",
  "duplicate_events",
  "reordered_events",
] as const;
export type Fault = (typeof FAULTS)[number];

/** What one run does; the seed says it all. */
export interface FaultPlan {
  readonly seed: number;
  readonly fault: Fault;
  readonly orders: number;
  /** How many bytes go through before the cut. */
  readonly bytes: number;
  /** How late bytes are, or how long nobody answers. */
  readonly ms: number;
  /** Which order of the run it is, for faults of the broker's. */
  readonly nth: number;
}

export function planFault(seed: number): FaultPlan {
  const random = new SeededRandom(seed);
  const orders = 1 + random.integer(3);
  return {
    seed,
    fault: FAULTS[seed % FAULTS.length] ?? "latency",
    orders,
    bytes: 1 + random.integer(300),
    ms: 5 + random.integer(120),
    nth: 1 + random.integer(orders),
  };
}

/** What stands in front of a broker answers for it. */
const GARBAGE = "<html><body>upstream: 0\u0000</body></html>";
const TOO_MANY = '{"code":42910000,"message":"too many requests"}';

/** The simulator's script for a fault of its own; null for one on the wire. Rules: README.md of the simulators. */
export function scriptOf({ fault, bytes, nth }: FaultPlan): string | null {
  const onOrder = (act: unknown): string =>
    JSON.stringify({ on: "request", method: "POST", path: "/v2/orders", nth, do: act });
  const onEvents = (act: unknown): string => JSON.stringify({ on: "message", stream: "trading", times: 4, do: act });
  switch (fault) {
    case "error_after_accept":
      return onOrder({ kind: "answer", when: "after", status: 500, body: '{"message":"internal server error"}' });
    case "dropped_after_accept":
      return onOrder({ kind: "drop", when: "after" });
    case "error_before_accept":
      return onOrder({ kind: "answer", when: "before", status: 503, body: GARBAGE });
    case "truncated_answer":
      return onOrder({ kind: "truncate", bytes });
    case "garbage_answer":
      return onOrder({ kind: "answer", when: "after", status: 200, body: GARBAGE });
    case "too_many_with_reset":
      return onOrder({ kind: "answer", when: "before", status: 429, body: TOO_MANY });
    case "too_many_without":
      return onOrder({ kind: "answer", when: "before", status: 429, body: TOO_MANY, withRateLimit: false });
    case "duplicate_events":
      return onEvents({ kind: "duplicate" });
    case "reordered_events":
      return onEvents({ kind: "swap" });
    case "latency":
    case "slicer":
    case "reset_request":
    case "reset_answer":
    case "slow_close":
    case "half_open":
    case "down":
      return null;
  }
}
