import { jsonEncoder } from "@trpc/server/adapters/ws";
import type { Handoffs } from "../streams/Handoffs.ts";
import type { Envelopes } from "./Envelopes.ts";

/**
 * tRPC's JSON, but for one thing: a placeholder of a stream is answered with the stream's first item, and the stream gets
 * its request's envelope. The only file that knows of the adapter's `experimental_encoder`; without it the procedures
 * yield their items themselves. `onCalls` is told how many calls each message holds before any is looked at, and may throw.
 * @see https://trpc.io/docs/server/websockets
 */
export function handoffEncoder(
  handoffs: Handoffs,
  envelopes: Envelopes,
  onCalls: (calls: number) => void = () => undefined,
): typeof jsonEncoder {
  return {
    encode(message) {
      const open = handoffs.claim(member(member(message, "result"), "data"));
      if (open === undefined) return jsonEncoder.encode(message);
      return open(envelopes.of(member(message, "id"), member(message, "jsonrpc")));
    },
    decode(data) {
      const message: unknown = jsonEncoder.decode(data);
      onCalls(Array.isArray(message) ? message.length : 1);
      return message;
    },
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
