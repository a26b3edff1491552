import type { Clock } from "@trenddojo/brokers/domain";

/** What a subscription tells; the shape of tRPC's own callbacks. */
export interface SubscriptionEvents<Data> {
  /** The server has begun to tell; again after each lost socket. */
  onStarted(): void;
  onData(data: Data): void;
  onError(error: unknown): void;
  onComplete(): void;
}

interface KeepSubscribedOptions<Data> {
  readonly clock: Clock;
  /** Opens the subscription. */
  readonly open: (events: SubscriptionEvents<Data>) => { unsubscribe(): void };
  readonly onData: (data: Data) => void;
  /** Each time it begins, or begins again: what happened before was not told to it. */
  readonly onStarted?: () => void;
  readonly onError?: (error: unknown) => void;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

/**
 * Holds a subscription open until it is disposed. The socket resumes one that it lost; this opens it again where the
 * server ended it (a restart, an ended session), with growing pauses that data sets back.
 */
export function keepSubscribed<Data>({
  clock,
  open,
  onData,
  onStarted,
  onError,
}: KeepSubscribedOptions<Data>): () => void {
  let current: { unsubscribe(): void } | undefined;
  let timer: Disposable | undefined;
  let delayMs = FIRST_DELAY_MS;
  let stopped = false;

  const start = () => {
    let ended = false;
    const again = () => {
      if (stopped || ended) return;
      ended = true;
      timer = clock.setTimer(delayMs, start);
      delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
    };
    current = open({
      onStarted() {
        if (!stopped) onStarted?.();
      },
      onData(data) {
        if (stopped) return;
        delayMs = FIRST_DELAY_MS;
        onData(data);
      },
      onError(error) {
        if (!stopped) onError?.(error);
        again();
      },
      onComplete: again,
    });
  };
  start();

  return () => {
    stopped = true;
    timer?.[Symbol.dispose]();
    current?.unsubscribe();
  };
}
