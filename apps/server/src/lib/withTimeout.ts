import { BrokerError } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import type { Stop } from "./StopFan.ts";

/** What was told to stop has this long to say what became of it; then it is left to itself. */
const GRACE_MS = 500;

/**
 * Runs a call to a broker, at once, with a signal that aborts after `ms` or with `stop`. It ends soon after that, whether
 * the broker heeds the signal or not: one that says nothing must not hold up what waits behind it.
 * @throws BrokerError TIMEOUT (its outcome is unknown), or what the call threw; CONNECTION_FAILED, and nothing is
 * called, where `stop` has aborted already
 */
export function withTimeout<Result>(
  clock: Clock,
  ms: number,
  work: (signal: AbortSignal) => Promise<Result>,
  stop?: Stop,
): Promise<Result> {
  if (stop?.aborted === true) {
    return Promise.reject(new BrokerError("the connection is being closed", "CONNECTION_FAILED", "unknown"));
  }
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const startedAt = clock.monotonic();
    let timer = clock.setTimer(ms, tell);
    stop?.addEventListener("abort", tell);

    function tell(): void {
      timer[Symbol.dispose]();
      stop?.removeEventListener("abort", tell);
      timer = clock.setTimer(GRACE_MS, () => {
        const waited = Math.round(clock.monotonic() - startedAt);
        reject(
          new BrokerError(`no answer within ${waited} ms`, "TIMEOUT", "unknown", { details: { waitedMs: waited } }),
        );
      });
      controller.abort();
    }
    function end(): void {
      timer[Symbol.dispose]();
      stop?.removeEventListener("abort", tell);
    }
    // An async function, so that what throws before its first await is a rejection too.
    const call = async (): Promise<Result> => work(controller.signal);
    call().finally(end).then(resolve, reject);
  });
}
