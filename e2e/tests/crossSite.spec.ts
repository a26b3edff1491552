import { once } from "node:events";
import { createServer } from "node:http";
import type { Page } from "@playwright/test";
import { enter, expect, REFUSED_CALL, test } from "../fixtures.ts";

test.describe.configure({ mode: "serial" });
test.use({ deskName: "crossSite", expectedErrors: [REFUSED_CALL] });

/** What a page elsewhere tries, in the browser of who is signed in, and what it got. */
interface Attempts {
  /** "open" or "refused". */
  readonly socket: string;
  /** "read" where the page could read the desk's answer. */
  readonly fetched: string;
  readonly posted: string;
}

/** Another site: any page of it is blank, and its scripts are the test's. Its cookies are another host's or port's. */
async function startSite(host: string) {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>Elsewhere</title>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://${host}:${port}/`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** As any script of a page could: a socket, and a command by fetch in each of the ways that a browser sends unasked. */
function attack(page: Page, desk: string): Promise<Attempts> {
  return page.evaluate(async (target) => {
    const settle = (url: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(url);
        socket.addEventListener("open", () => resolve("open"));
        socket.addEventListener("error", () => resolve("refused"));
      });
    const command = { method: "POST", credentials: "include", body: JSON.stringify({ symbols: ["MSFT"] }) } as const;
    const post = async (init: RequestInit): Promise<string> => {
      try {
        const answer = await fetch(`${target}/trpc/marketData.setWatchlist`, { ...command, ...init });
        return answer.type === "opaque" ? "sent" : answer.ok ? "done" : `status ${answer.status}`;
      } catch {
        return "blocked";
      }
    };
    const read = async (): Promise<string> => {
      try {
        const answer = await fetch(`${target}/trpc/accounts.list`, { credentials: "include" });
        return answer.ok ? "read" : `status ${answer.status}`;
      } catch {
        return "blocked";
      }
    };
    const socketUrl = target.replace("http", "ws");
    return {
      socket: await settle(`${socketUrl}/trpc?connectionParams=1`),
      fetched: await read(),
      posted: [
        await post({ headers: { "content-type": "application/json" } }),
        await post({ mode: "no-cors", headers: { "content-type": "text/plain" } }),
        await post({ mode: "no-cors" }),
      ].join(", "),
    };
  }, desk);
}

/** The oldest way: a form, sent by itself; its body is JSON to a server that reads text/plain as such. */
async function submitForm(page: Page, desk: string): Promise<number> {
  const answered = page.waitForResponse((response) => response.url().includes("/trpc/marketData.setWatchlist"));
  await page.evaluate((target) => {
    const form = document.createElement("form");
    form.method = "post";
    form.enctype = "text/plain";
    form.action = `${target}/trpc/marketData.setWatchlist`;
    const field = document.createElement("input");
    field.name = '{"symbols":["MSFT"],"x":"';
    field.value = '"}';
    form.append(field);
    document.body.append(form);
    form.submit();
  }, desk);
  return (await answered).status();
}

const watched = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const answer = await fetch("/trpc/marketData.watchlist");
    const body: { readonly result: { readonly data: readonly string[] } } = await answer.json();
    return body.result.data;
  });

for (const host of ["127.0.0.1", "localhost"]) {
  test(`[AL1] a page on another port of ${host} opens no socket, reads nothing and changes nothing`, async ({
    page,
    context,
    desk,
  }) => {
    await enter(page);
    const before = await watched(page);
    expect(before).not.toEqual(["MSFT"]);
    // The strictest cookie is another site's only by its host: the same one on another port gets it along.
    const { hostname } = new URL(desk.url);
    expect((await context.cookies(desk.url)).map(({ sameSite }) => sameSite)).toContain("Strict");

    await using site = await startSite(host);
    const evil = await context.newPage();
    const sent: { readonly url: string; readonly hasCookie: Promise<boolean> }[] = [];
    evil.on("request", (request) => {
      const hasCookie = request.allHeaders().then((headers) => "cookie" in headers);
      if (request.url().startsWith(desk.url)) sent.push({ url: request.url(), hasCookie });
    });
    await evil.goto(site.url);
    const got = await attack(evil, desk.url);
    expect(got.socket).toBe("refused");
    expect(got.fetched).not.toBe("read");
    expect(got.posted).not.toContain("done");
    // Not JSON, as a form never is.
    expect(await submitForm(evil, desk.url)).toBe(415);
    const withCookie = (await Promise.all(sent.map(({ hasCookie }) => hasCookie))).filter(Boolean);
    // Another port of one host is no other site to the cookie: there the desk alone refuses.
    expect(withCookie.length > 0).toBe(host === hostname);
    expect(await watched(page)).toEqual(before);
  });
}

test("[AL2] the desk's own page may do all of it", async ({ page, desk }) => {
  await enter(page);
  const own = await attack(page, desk.url);
  expect(own).toMatchObject({ socket: "open", fetched: "read" });
  expect(own.posted).toMatch(/^done/);
  expect(await watched(page)).toEqual(["MSFT"]);
});
