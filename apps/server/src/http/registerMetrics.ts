import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Desk } from "../Desk.ts";
import { DeskError } from "../DeskError.ts";
import { noteRefusal } from "../usecases/noteRefusal.ts";
import { refusalBody } from "./deskReply.ts";
import type { TrustedProxies } from "./TrustedProxies.ts";

interface MetricsParts {
  readonly desk: Desk;
  readonly proxies: TrustedProxies;
}

const BEARER = /^Bearer (\S{1,256})$/i;

/**
 * GET /metrics, for Prometheus: with `Authorization: Bearer METRICS_TOKEN` where that is set, or as the signed-in owner.
 * Nobody else gets anything of it.
 */
export function registerMetrics(app: FastifyInstance, { desk, proxies }: MetricsParts): void {
  app.get("/metrics", async (request, reply) => {
    void reply.header("cache-control", "no-store");
    const address = proxies.addressOf(request.raw);
    if (desk.rateLimiter.tryTake("status", address) > 0) {
      const refusal = new DeskError("TOO_MANY_REQUESTS", "Too many scrapes from here; wait a little.");
      return refuse(request, reply, 429, refusal);
    }
    if (!hasToken(desk, request)) {
      const refusal = await refusalOfPerson(desk, request, address);
      if (refusal !== null) return refuse(request, reply, refusal.code === "UNAUTHENTICATED" ? 401 : 403, refusal);
    }
    return reply.type(desk.metrics.contentType).send(await desk.metrics.scrape());
  });
}

function hasToken(desk: Desk, request: FastifyRequest): boolean {
  const shown = BEARER.exec(request.headers.authorization ?? "")?.[1];
  return shown !== undefined && desk.metricsToken !== null && timingSafeEqual(digest(shown), digest(desk.metricsToken));
}

async function refusalOfPerson(desk: Desk, request: FastifyRequest, address: string): Promise<DeskError | null> {
  const actor = await desk.sessions.authenticate(desk.sessions.readToken(request.headers.cookie));
  if (actor === null)
    return new DeskError(
      "UNAUTHENTICATED",
      "Metrics are for the signed-in owner, or for a scraper with the METRICS_TOKEN as bearer.",
    );
  if (actor.user.role === "owner") return null;
  await noteRefusal(desk, actor, { what: "the metrics", address, token: null });
  return new DeskError("FORBIDDEN", `Only the owner may read the metrics; you are a ${actor.user.role}.`);
}

function refuse(request: FastifyRequest, reply: FastifyReply, status: number, refusal: DeskError) {
  if (status === 401) void reply.header("www-authenticate", "Bearer");
  return reply.code(status).send(refusalBody(refusal, status, request.id));
}

/** Of equal length whatever was sent. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
