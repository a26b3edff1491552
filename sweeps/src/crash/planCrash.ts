import { SeededRandom } from "@trenddojo/brokers";

/** The twelve points of an order's way at which a desk is killed; C8 and C9 are on the wire. */
export const CRASH_POINTS = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "C11", "C12"] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

/** What one run does; the seed says it all. */
export interface CrashPlan {
  readonly seed: number;
  readonly point: CrashPoint;
  /** The how-many-eth time that an order is there. */
  readonly nth: number;
  readonly orders: number;
  /** It is a cancel's or a replacement's time, where the run has any and they come by there. */
  readonly isOnCommand: boolean;
  /** Some of them go to the built-in account, which must not meet the broker. */
  readonly isMixed: boolean;
  /** How many bytes of the request reach the broker at C8. */
  readonly bytes: number;
  /** The desk is killed again so long after it was started anew, milliseconds; null: it is let be. */
  readonly secondKillMs: number | null;
  /** How long the broker takes for an order, milliseconds. */
  readonly latencyMs: number;
  /** Trading is halted so long after it was started anew, while the tickets are still being sent, milliseconds; null: never. */
  readonly haltMs: number | null;
  /** The desk is killed once more when the halt has answered. */
  readonly diesHalted: boolean;
}

/** Where a cancel and a replacement come by, too: they are neither claimed nor sent by the executor. */
const ON_COMMANDS: ReadonlySet<CrashPoint> = new Set(["C1", "C2", "C3", "C4", "C8", "C9", "C10", "C11"]);

/** The how-many-eth time the desk dies at its point, in a run with so many commands: each comes by after its own order. */
export function nthOf({ point, nth, orders, isOnCommand }: CrashPlan, commands: number): number {
  return isOnCommand && commands > 0 && ON_COMMANDS.has(point) ? orders + 1 + (nth % commands) : nth;
}

export function planCrash(seed: number, point: CrashPoint): CrashPlan {
  const random = new SeededRandom(seed);
  const orders = 1 + random.integer(3);
  const isOnWire = point === "C8" || point === "C9";
  // Each order tells a browser at least of its intent, its sending and its answer.
  const most = point === "C12" ? 3 * orders : orders;
  return {
    seed,
    point,
    nth: 1 + random.integer(most),
    orders,
    isMixed: !isOnWire && orders > 1 && random.integer(3) === 0,
    bytes: 1 + random.integer(400),
    secondKillMs: random.integer(4) === 0 ? 200 + random.integer(2_500) : null,
    latencyMs: random.integer(3) === 0 ? 20 + random.integer(80) : 0,
    haltMs: random.integer(3) === 0 ? random.integer(400) : null,
    diesHalted: random.integer(4) === 0,
    isOnCommand: random.integer(3) > 0,
  };
}
