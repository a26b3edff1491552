import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { DeskError } from "../DeskError.ts";
import { refusalBody } from "./deskReply.ts";

const NOT_BUILT =
  "The desk runs, but its web app is not built: run npm start, or pnpm --filter @trenddojo/web build.\n";

/**
 * Serves the built web app. Files with a hash in their name never change and are kept for a year; any other address of
 * a page gets index.html, whose router takes it from there.
 */
export async function registerWebApp(app: FastifyInstance, webRoot: string | undefined): Promise<void> {
  if (webRoot !== undefined) {
    await app.register(fastifyStatic, {
      root: webRoot,
      wildcard: true,
      index: ["index.html"],
      cacheControl: false,
      setHeaders: (reply, path) => {
        void reply.header(
          "cache-control",
          path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        );
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === "GET" && !request.url.startsWith("/trpc") && acceptsHtml(request.headers.accept);
    if (!isPage) {
      const refusal = new DeskError("NOT_FOUND", "There is nothing at this address.");
      return reply.code(404).send(refusalBody(refusal, 404, request.id));
    }
    if (webRoot === undefined) return reply.code(503).type("text/plain").send(NOT_BUILT);
    return reply.header("cache-control", "no-cache").sendFile("index.html", webRoot);
  });
}

function acceptsHtml(accept: string | undefined): boolean {
  return accept === undefined || accept.includes("text/html") || accept.includes("*/*");
}
