import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import type { Context } from "../context.ts";
import type { Desk } from "../Desk.ts";
import { DeskError } from "../DeskError.ts";
import type { Handoffs } from "../streams/Handoffs.ts";

/** What the procedures on one socket know of their caller. */
export function socketContext(
  desk: Desk,
  request: IncomingMessage,
  socket: WebSocket,
  address: string,
  handoffs: Handoffs,
): Context {
  const socketId = desk.ids.uuid();
  let errors = 0;
  return {
    desk,
    log: desk.log.child({ socketId }),
    transport: "socket",
    nextErrorId: () => `${socketId}.${(errors += 1)}`,
    sessionToken: desk.sessions.readToken(request.headers.cookie),
    bearer: null,
    address,
    userAgent: (request.headers["user-agent"] ?? "").slice(0, 256),
    origin: request.headers.origin ?? null,
    backlogBytes: () => socket.bufferedAmount,
    handoffs,
    subscriptions: { count: 0 },
    setCookie: () => {
      throw new DeskError("INVALID_INPUT", "A session begins and ends over HTTP: a socket cannot carry a cookie.");
    },
  };
}
