import type { Tamper } from "../faults/WireProxy.ts";

const ORDER = Buffer.from("POST /v2/orders ");

/**
 * C8 and C9, on the wire. C8: of the `nth` order's request so many bytes reach the broker, and the desk is dead. C9: all of
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
        const start = chunk.indexOf(ORDER);
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
