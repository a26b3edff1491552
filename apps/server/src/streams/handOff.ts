import { Latch } from "../lib/Latch.ts";
import type { OpenStream } from "./EncodedItem.ts";
import type { Handoffs } from "./Handoffs.ts";
import { sinkToGenerator } from "./sinkToGenerator.ts";

/** Where the items of a subscription go. */
export interface StreamOutlet {
  /** Those of the socket; null where there is none. */
  readonly handoffs: Handoffs | null;
  /** Bytes that were sent and the reader has not taken. */
  readonly backlogBytes: () => number;
}

/**
 * The items of one subscription: handed off to the socket where its encoder takes them, and yielded one by one where
 * there is no such encoder. Ends with `signal`.
 * @param placeholder an item that says nothing, made for this call: what a reader gets first if nobody takes the stream.
 */
export async function* handOff<Value extends object>(
  open: OpenStream<Value>,
  placeholder: Value,
  { handoffs, backlogBytes }: StreamOutlet,
  signal: AbortSignal,
): AsyncGenerator<Value> {
  const handoff = handoffs?.offer(placeholder, open);
  if (handoff === undefined) return yield* sinkToGenerator(open, backlogBytes, signal);
  const end = (): void => handoff.end();
  // At once, and not when the generator comes to it: nothing is sent after the end.
  signal.addEventListener("abort", end, { once: true });
  try {
    // tRPC sends what it got before it asks for more.
    yield placeholder;
    if (handoff.isTaken) await new Latch().wait(signal);
    else yield* sinkToGenerator(open, backlogBytes, signal);
  } finally {
    signal.removeEventListener("abort", end);
    handoff.end();
  }
}
