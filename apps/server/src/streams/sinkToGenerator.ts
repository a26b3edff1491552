import { Latch } from "../lib/Latch.ts";
import { MAX_BACKLOG_BYTES, type OpenStream } from "./EncodedItem.ts";

/**
 * A sink whose items come out of an async generator, one at a time: while the last one is not taken, or the socket
 * holds more than 64 KiB, the sink is not ready and the stream keeps the newest for later.
 * @param open is called at the first `next`.
 */
export async function* sinkToGenerator<Value>(
  open: OpenStream<Value>,
  backlogBytes: () => number,
  signal: AbortSignal,
): AsyncGenerator<Value> {
  const waiting: Value[] = [];
  const arrived = new Latch();
  const close = open({
    isReady: () => waiting.length === 0 && backlogBytes() < MAX_BACKLOG_BYTES,
    send(item) {
      waiting.push(item.value());
      arrived.set();
    },
  });
  try {
    while (await arrived.wait(signal)) yield* waiting.splice(0);
  } finally {
    close();
  }
}
