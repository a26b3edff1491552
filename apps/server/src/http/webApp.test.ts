import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerWebApp } from "./registerWebApp.ts";

let root: string;
let app: FastifyInstance;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "trenddojo-web-"));
  await mkdir(join(root, "assets"));
  await writeFile(join(root, "index.html"), "<!doctype html><title>desk</title>");
  await writeFile(join(root, "assets", "main-a1b2.js"), "export {};");
  app = fastify();
  await registerWebApp(app, root);
});
afterAll(async () => {
  await app.close();
  await rm(root, { recursive: true, force: true });
});

const get = (url: string, accept = "text/html") => app.inject({ method: "GET", url, headers: { accept } });

describe("the web app's files", () => {
  it("[WA1] a hashed file is kept for a year, the page is asked for anew", async () => {
    expect((await get("/assets/main-a1b2.js")).headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    const page = await get("/");
    expect([page.statusCode, page.headers["cache-control"]]).toEqual([200, "no-cache"]);
  });

  it("[WA2] any other address of a page gets the page, and anything else a coded 404", async () => {
    const deep = await get("/orders/123?tab=fills");
    expect([deep.statusCode, deep.headers["cache-control"], deep.body]).toEqual([
      200,
      "no-cache",
      expect.stringContaining("<title>desk"),
    ]);
    for (const [url, accept] of [
      ["/data.json", "application/json"],
      ["/trpc", "text/html"],
      ["/assets/gone-1.js", "text/javascript"],
    ] as const) {
      const missing = await get(url, accept);
      expect({ url, status: missing.statusCode, code: missing.json().error.data.desk.code }).toEqual({
        url,
        status: 404,
        code: "NOT_FOUND",
      });
    }
    for (const outside of ["/../package.json", "/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2fetc%2fpasswd"]) {
      expect((await get(outside)).body).not.toMatch(/root:|"name"/);
    }
  });

  it("[WA3] a desk without a built app says how to build it", async () => {
    await using bare = fastify();
    await registerWebApp(bare, undefined);
    const page = await bare.inject({ method: "GET", url: "/", headers: { accept: "text/html" } });
    expect([page.statusCode, page.body]).toEqual([503, expect.stringContaining("npm start")]);
  });
});
