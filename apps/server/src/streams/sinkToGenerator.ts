import { Latch } from "../lib/Latch.ts";
import type { QuoteBatch } from "../wire/marketData.ts";
import type { QuoteSink } from "./QuoteHub.ts";

/** A reader that has this much unread is skipped until it drains. */
const MAX_BACKLOG_BYTES = 65_536;

/**
 * A sink whose batches come out of an async generator, one at a time: while the last one is not taken, or the socket
 * holds more than 64 KiB, the sink is not ready and the hub keeps the newest values for later.
 * @param open subscribes the sink and returns what ends it; called at the first `next`.
 */
export async function* sinkToGenerator(
  open: (sink: QuoteSink) => () => void,
  backlogBytes: () => number,
  signal: AbortSignal,
): AsyncGenerator<QuoteBatch> {
  let waiting: QuoteBatch | null = null;
  const arrived = new Latch();
  const close = open({
    isReady: () => waiting === null && backlogBytes() < MAX_BACKLOG_BYTES,
    send(batch) {
      waiting = batch;
      arrived.set();
    },
  });
  const take = (): QuoteBatch | null => {
    const batch = waiting;
    waiting = null;
    return batch;
  };
  try {
    while (await arrived.wait(signal)) {
      const batch = take();
      if (batch !== null) yield batch;
    }
  } finally {
    close();
  }
}
