import helmet from "@fastify/helmet";
import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import fastify, { type FastifyInstance } from "fastify";
import { readBearer } from "../auth/ApiTokens.ts";
import type { Desk } from "../Desk.ts";
import { DeskError } from "../DeskError.ts";
import { appRouter } from "../routers/index.ts";
import { refusalBody, refusalHeaders } from "./deskReply.ts";
import { httpContext } from "./httpContext.ts";
import type { OriginPolicy } from "./OriginPolicy.ts";
import { registerHealth } from "./registerHealth.ts";
import { registerMetrics } from "./registerMetrics.ts";
import { registerWebApp } from "./registerWebApp.ts";
import { PERMISSIONS_POLICY, securityHeaders } from "./securityHeaders.ts";
import type { TrustedProxies } from "./TrustedProxies.ts";

/** Largest request body, bytes. */
const BODY_LIMIT = 256 * 1024;
/** Reads that a page may put into one request. */
const MAX_BATCH = 50;

export interface HttpParts {
  readonly desk: Desk;
  readonly origins: OriginPolicy;
  readonly proxies: TrustedProxies;
  /** The built web app; undefined where it was not built. */
  readonly webRoot: string | undefined;
  /** Whether everything is up, for /readyz. */
  readonly isReady: () => Promise<boolean>;
  /** Resolves when the desk may be called; calls that come before wait. */
  readonly started: Promise<void>;
}

/** The HTTP face of the desk: the API under /trpc, the web app, and two health checks. It does not listen yet. */
export async function createHttp({
  desk,
  origins,
  proxies,
  webRoot,
  isReady,
  started,
}: HttpParts): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    maxRequestsPerSocket: 1_000,
    forceCloseConnections: true,
    // A batch names all its procedures in the path.
    routerOptions: { maxParamLength: 4_096 },
    genReqId: () => desk.ids.uuid(),
    http: { maxHeaderSize: 8_192, headersTimeout: 10_000, connectionsCheckingInterval: 1_000 },
  });
  refuseSpentGuessers(app, desk, proxies);
  await app.register(helmet, securityHeaders(origins));
  app.addHook("onRequest", (_request, reply, done) => {
    void reply.header("permissions-policy", PERMISSIONS_POLICY);
    done();
  });
  acceptJsonOnly(app);
  answerErrors(app, desk);
  registerHealth(app, isReady);
  // Hooks hold for the routes after them only: the health checks answer at any time.
  await app.register(async (served) => {
    served.addHook("onRequest", () => started);
    registerApi(served, { desk, origins, proxies });
    registerMetrics(served, { desk, proxies });
    await registerWebApp(served, webRoot);
  });
  return app;
}

function registerApi(
  app: FastifyInstance,
  { desk, origins, proxies }: Pick<HttpParts, "desk" | "origins" | "proxies">,
): void {
  // Refusals before tRPC as well: what one person was told is kept for nobody.
  app.addHook("onRequest", (request, reply, done) => {
    if (request.url.startsWith("/trpc/")) void reply.header("cache-control", "no-store");
    done();
  });
  app.route<{ Params: { path: string } }>({
    method: ["GET", "POST"],
    url: "/trpc/:path",
    preHandler: (request, _reply, done) => {
      const { origin, host, authorization } = request.headers;
      // No page sends its header without asking first, and nothing here answers such a question.
      const isProgram = origin === undefined && readBearer(authorization) !== null;
      if (request.method === "GET" || isProgram || origins.allows(origin, host)) {
        done();
        return;
      }
      done(
        new DeskError(
          "FORBIDDEN",
          `A page from ${(origin ?? "nowhere").slice(0, 80)} may not change anything here; set PUBLIC_ORIGIN to allow an address.`,
        ),
      );
    },
    handler: (req, res) =>
      fastifyRequestHandler({
        router: appRouter,
        req,
        res,
        path: req.params.path,
        maxBatchSize: MAX_BATCH,
        createContext: ({ req: request, res: reply }) =>
          httpContext(desk, request, reply, proxies.addressOf(request.raw)),
      }),
  });
}

/**
 * Whoever has no guess left is refused before its body is read, before any other hook and without Fastify's answer:
 * a flood of guesses must not take the loop from the orders.
 */
function refuseSpentGuessers(app: FastifyInstance, desk: Desk, proxies: TrustedProxies): void {
  app.addHook("onRequest", (request, reply, done) => {
    if (!request.url.startsWith("/trpc/auth.signIn")) {
      done();
      return;
    }
    try {
      desk.guesses.assertAny(proxies.addressOf(request.raw));
      done();
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      void reply.hijack();
      const body = JSON.stringify(refusalBody(error, 429, request.id));
      reply.raw.writeHead(429, refusalHeaders(body)).end(body);
    }
  });
}

/** tRPC reads the body itself; anything but JSON is refused with 415 before it. */
function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => done(null, body));
}

function answerErrors(app: FastifyInstance, desk: Desk): void {
  app.setErrorHandler((error: unknown, request, reply) => {
    const status = statusOf(error);
    const refusal = refusalOf(error, status);
    if (refusal.code === "INTERNAL") desk.log.error({ requestId: request.id, err: error }, "request failed");
    return reply.code(status).send(refusalBody(refusal, status, request.id));
  });
}

function statusOf(error: unknown): number {
  if (error instanceof DeskError) return 403;
  const status = error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
  return typeof status === "number" && status >= 400 && status < 500 ? status : 500;
}

/** Fastify's own refusals (too large, not JSON, malformed address) by their status; their texts stay inside. */
function refusalOf(error: unknown, status: number): DeskError {
  if (error instanceof DeskError) return error;
  switch (status) {
    case 413:
      return new DeskError("INVALID_INPUT", `The request is too large: at most ${BODY_LIMIT} bytes.`);
    case 415:
      return new DeskError("INVALID_INPUT", "Requests must be JSON (content-type application/json).");
    case 500:
      return new DeskError("INTERNAL", "Something went wrong in the desk itself.");
    default:
      return new DeskError("INVALID_INPUT", "The request could not be read.");
  }
}
