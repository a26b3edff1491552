import type { CallOptions } from "./BrokerClient.ts";
import { BrokerError, type Outcome } from "./BrokerError.ts";
import { BrokerErrorCode } from "./domain/errorCode.ts";

/** Runs one call; whatever else is thrown becomes a BrokerError, its text kept from the caller and its cause for the log. */
export async function brokerCall<Result>(broker: string, call: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof BrokerError) throw cause;
    throw new BrokerError(`${broker} failed for an unforeseen reason`, BrokerErrorCode.UNKNOWN, broker, { cause });
  }
}

/** @throws BrokerError TIMEOUT, refused: nothing was sent. */
export function throwIfAborted(broker: string, { signal }: CallOptions = {}): void {
  if (signal?.aborted === true) throw abandoned(broker, "refused");
}

/**
 * Waits for `work` no longer than the caller does; `work` itself goes on.
 * @throws BrokerError once the signal aborts: OUTCOME_UNKNOWN where the call was a command, else TIMEOUT.
 */
export async function waitFor<Result>(
  broker: string,
  work: Promise<Result>,
  { signal }: CallOptions,
  outcome: Outcome,
): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise<Result>((resolve, reject) => {
    const abort = (): void => reject(abandoned(broker, outcome));
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
    void work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function abandoned(broker: string, outcome: Outcome): BrokerError {
  return outcome === "unknown"
    ? new BrokerError(
        "the caller stopped waiting: whether it took effect is not known",
        BrokerErrorCode.OUTCOME_UNKNOWN,
        broker,
      )
    : new BrokerError("the caller stopped waiting before anything was sent", BrokerErrorCode.TIMEOUT, broker, {
        outcome,
      });
}
