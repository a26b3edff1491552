import type { Tamper } from "../faults/WireProxy.ts";

/** An order is placed, replaced or canceled. */
const REQUESTS = ["POST /v2/orders ", "PATCH /v2/orders/", "DELETE /v2/orders/"].map((text) => Buffer.from(text));

/**
 * C8 and C9, on the wire. C8: of the `nth` request that places, replaces or cancels an order so many bytes reach the broker, and the desk is dead. C9: all of
 * it does, and the desk is dead when the answer comes.
 * @param kill ends the desk at once
 */
export function cutOrder(point: "C8" | "C9", nth: number, bytes: number, kill: () => void): () => Tamper {
  let seen = 0;
  let isCut = false;
  return () => {
    let isMine = false;
    return {
      toBroker: (chunk) => {
        if (isCut && point === "C8") return null;
        const start = Math.max(...REQUESTS.map((request) => chunk.indexOf(request)));
        if (start < 0) return chunk;
        seen += 1;
        if (seen !== nth) return chunk;
        if (point === "C9") {
          isMine = true;
          return chunk;
        }
        isCut = true;
        kill();
        return chunk.subarray(0, start + Math.min(bytes, chunk.length - start - 1));
      },
      toDesk: (chunk) => {
        if (!isMine) return isCut ? null : chunk;
        isCut = true;
        kill();
        return null;
      },
    };
  };
}
