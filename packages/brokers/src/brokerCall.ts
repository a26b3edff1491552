import type { CallOptions } from "./BrokerClient.ts";
import { BrokerError, type Outcome } from "./BrokerError.ts";
import { BrokerErrorCode } from "./domain/errorCode.ts";

/**
 * Runs one call; whatever else is thrown becomes a BrokerError, its text kept from the caller and its cause for the log.
 * @param outcome what an unforeseen error leaves behind: `refused` where nothing can have been sent.
 */
export async function brokerCall<Result>(
  broker: string,
  call: () => Result | Promise<Result>,
  outcome: Outcome = "unknown",
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw asBrokerError(broker, error, outcome);
  }
}

/** The error itself where it is a broker's own; else UNKNOWN, with the error as its cause. */
export function asBrokerError(broker: string, cause: unknown, outcome: Outcome): BrokerError {
  if (cause instanceof BrokerError) return cause;
  const message = `${broker} failed for an unforeseen reason`;
  return new BrokerError(message, BrokerErrorCode.UNKNOWN, broker, { cause, outcome });
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
