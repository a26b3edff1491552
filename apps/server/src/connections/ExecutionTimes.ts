import type { AccountId, Clock } from "@trenddojo/brokers/domain";
import { holdings, type AccountRow, type Db } from "@trenddojo/db";
import { percentile } from "../lib/percentile.ts";

const ORDERS = 100;
/** One reading serves every status that is sent within this time. */
const SHARED_FOR_MS = 5_000;

export interface ExecutionTimesView {
  readonly count: number;
  readonly medianMs: number;
  readonly p99Ms: number;
}

interface Reading {
  readonly times: Promise<ExecutionTimesView | null>;
  /** Monotonic milliseconds. */
  readonly at: number;
}

/** How long an account's last hundred orders took from the wire to the broker's answer. */
export class ExecutionTimes {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #readings = new Map<AccountId, Reading>();

  constructor(db: Db, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** At most 5 s old; null before the first order. */
  read(account: Pick<AccountRow, "id" | "userId">): Promise<ExecutionTimesView | null> {
    const known = this.#readings.get(account.id);
    const at = this.#clock.monotonic();
    if (known !== undefined && at - known.at < SHARED_FOR_MS) return known.times;
    const times = holdings.answerTimes(this.#db, account, ORDERS).then(summary);
    // A failed reading serves nobody after this one.
    times.catch(() => this.#readings.delete(account.id));
    this.#readings.set(account.id, { times, at });
    return times;
  }
}

function summary(times: readonly number[]): ExecutionTimesView | null {
  if (times.length === 0) return null;
  const sorted = times.toSorted((a, b) => a - b);
  return { count: sorted.length, medianMs: percentile(sorted, 0.5), p99Ms: percentile(sorted, 0.99) };
}
