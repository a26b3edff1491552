import { GatewayFrames } from "../faults/GatewayFrames.ts";
import type { Tamper } from "../faults/WireProxy.ts";

const PLACE_ORDER = "3";
/** What the gateway says of an order: openOrder, orderStatus, or an error. */
const OPEN_ORDER = "5";
const ORDER_STATUS = "3";
const ERROR = "4";

/**
 * C8 and C9 on the wire of a gateway, as `cutOrder` has them. Set it before the desk connects: messages are found from the
 * first byte on.
 * @param kill ends the desk at once
 */
export function cutGatewayOrder(point: "C8" | "C9", nth: number, bytes: number, kill: () => void): () => Tamper {
  let seen = 0;
  let isCut = false;
  return () => {
    const requests = new GatewayFrames();
    const replies = new GatewayFrames();
    let orderId: string | null = null;
    return {
      toBroker: (chunk) => {
        if (isCut) return null;
        for (const { fields, start, end } of requests.push(chunk)) {
          if (fields[0] !== PLACE_ORDER) continue;
          seen += 1;
          if (seen !== nth) continue;
          if (point === "C9") {
            orderId = fields[1] ?? "";
            continue;
          }
          isCut = true;
          kill();
          return chunk.subarray(0, Math.max(0, start + Math.min(bytes, end - start - 1)));
        }
        return chunk;
      },
      toDesk: (chunk) => {
        if (isCut) return null;
        const isAnswer = replies.push(chunk).some((frame) => orderId !== null && saysOf(frame.fields, orderId));
        if (!isAnswer) return chunk;
        isCut = true;
        kill();
        return null;
      },
    };
  };
}

function saysOf([kind, first, second]: readonly string[], orderId: string): boolean {
  if (kind === OPEN_ORDER || kind === ORDER_STATUS) return first === orderId;
  // Errors name their version first, up to where they have none.
  return kind === ERROR && (first === orderId || second === orderId);
}
