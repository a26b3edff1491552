import type { FastifyReply, FastifyRequest } from "fastify";
import { readBearer } from "../auth/ApiTokens.ts";
import type { Context } from "../context.ts";
import type { Desk } from "../Desk.ts";

/** What the procedures of one HTTP request know of their caller. */
export function httpContext(desk: Desk, request: FastifyRequest, reply: FastifyReply, address: string): Context {
  const bearer = readBearer(request.headers.authorization);
  return {
    desk,
    log: desk.log.child({ requestId: request.id }),
    transport: "http",
    nextErrorId: () => request.id,
    sessionToken: bearer === null ? desk.sessions.readToken(request.headers.cookie) : null,
    bearer,
    address,
    userAgent: (request.headers["user-agent"] ?? "").slice(0, 256),
    origin: request.headers.origin ?? null,
    backlogBytes: () => 0,
    handoffs: null,
    subscriptions: { count: 0 },
    setCookie: (header) => void reply.header("set-cookie", header),
  };
}
