import type { BrokerClient } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import { sleepQuietly } from "../lib/sleepQuietly.ts";

/** Waits between two looks; the last one is repeated. */
const LOOK_AFTER_MS = [100, 250, 500, 1_000, 2_000] as const;

/** What the newest look found. */
export interface Progress {
  /** Orders that the broker names as open. */
  readonly remaining: number;
  /** Orders of ours of which it is not known yet whether the broker has them. */
  readonly unresolved: number;
}

export interface CancelParts {
  readonly clock: Clock;
  readonly client: Pick<BrokerClient, "cancelAllOrders" | "getOpenOrders">;
  /** False once the halt has ended: nothing of the broker's is touched any more. */
  readonly isLasting: () => Promise<boolean>;
  /** Takes back what its client has not sent yet. */
  readonly withdrawUnsent: () => Promise<void>;
  readonly countUnresolved: () => Promise<number>;
  /** Begins to look for those at the broker. */
  readonly pursue: () => void;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Asks a broker to cancel everything, whoever placed it, and looks until it names no open order and none of ours is
 * unresolved: that it took the request proves nothing. Resolves when all that is so, when the halt has ended, or when
 * `signal` aborts.
 * @throws BrokerError
 */
export async function cancelEverything(
  { clock, client, isLasting, withdrawUnsent, countUnresolved, pursue, onProgress }: CancelParts,
  signal: AbortSignal,
): Promise<void> {
  for (let look = 0; !signal.aborted; look += 1) {
    if (!(await isLasting())) return;
    // First: what its client holds back would go after the request and outlive it.
    await withdrawUnsent();
    await client.cancelAllOrders({ signal });
    // Before the broker is asked: what has landed by now is among what it names.
    const unresolved = await countUnresolved();
    const { length: remaining } = await client.getOpenOrders({ signal });
    onProgress({ remaining, unresolved });
    if (remaining === 0 && unresolved === 0) return;
    if (unresolved > 0) pursue();
    const waitMs = LOOK_AFTER_MS[look] ?? LOOK_AFTER_MS.at(-1) ?? 0;
    if (!(await sleepQuietly(clock, waitMs, signal))) return;
  }
}
