import type { Clock } from "@trenddojo/brokers/domain";

/** Runs `work` with a signal that aborts after `ms`: a broker that says nothing must not hold up what waits behind it. */
export async function withTimeout<Result>(
  clock: Clock,
  ms: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const timeout = new AbortController();
  using _timer = clock.setTimer(ms, () => timeout.abort());
  return await work(timeout.signal);
}
