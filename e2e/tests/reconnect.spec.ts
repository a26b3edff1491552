import { randomUUID } from "node:crypto";
import type { Page, WebSocketRoute } from "@playwright/test";
import { enter, expect, test } from "../fixtures.ts";

test.describe.configure({ mode: "serial" });
test.use({ deskName: "reconnect" });

const SYMBOLS = ["AAPL", "KO", "MSFT"] as const;
const FIRST_PRICE = "1.01";
/** Of the orders that are placed while the page has no socket. */
const PRICES = ["1.02", "1.03", "1.04"] as const;
/** Of the codes that a program may choose. */
const CUT_CODE = 4_000;

interface Stream {
  /** Ends the socket that the page has now, as a proxy that restarts would. */
  cut(): Promise<void>;
  /** When a socket had told the price of each of `SYMBOLS`, one for each socket; monotonic milliseconds. */
  readonly wholeAt: readonly number[];
  /** The numbers of the order events, as they came in. */
  readonly orderEvents: readonly number[];
  /** The prices of the orders that were told to be working. */
  readonly working: ReadonlySet<string>;
}

/** Listens to all of a page's sockets; call it before the page opens one. */
async function listen(page: Page): Promise<Stream> {
  let open: WebSocketRoute[] = [];
  const wholeAt: number[] = [];
  const orderEvents: number[] = [];
  const working = new Set<string>();
  await page.routeWebSocket(/\/trpc/, (socket) => {
    const server = socket.connectToServer();
    const missing = new Set<string>(SYMBOLS);
    open.push(socket, server);
    server.onMessage((message) => {
      // What comes once the page's side is cut reaches no page: it is told again, and that is no repetition.
      if (!open.includes(socket)) return;
      const text = message.toString();
      for (const symbol of missing) {
        if (!text.includes(`["${symbol}",`)) continue;
        missing.delete(symbol);
        if (missing.size === 0) wholeAt.push(performance.now());
      }
      for (const [, sequence] of text.matchAll(/"data":\{"sequence":(\d+),"type":/g))
        orderEvents.push(Number(sequence));
      const price = text.includes('"state":"WORKING"') ? /"price":"([\d.]+)"/.exec(text)?.[1] : undefined;
      if (price !== undefined) working.add(price);
      socket.send(message);
    });
  });
  const cutAll = async (): Promise<void> => {
    const cut = open;
    open = [];
    await Promise.all(cut.map((side) => side.close({ code: CUT_CODE })));
  };
  return { cut: cutAll, wholeAt, orderEvents, working };
}

/** Places an order that rests far below the market, over HTTP. */
async function placeResting(page: Page, origin: string, price: string): Promise<void> {
  const accounts: unknown = await (await page.request.get("/trpc/accounts.list")).json();
  const accountId = /"id":"([^"]+)"/.exec(JSON.stringify(accounts))?.[1];
  const order = { type: "limit", symbol: "AAPL", side: "buy", quantity: "1", price, timeInForce: "gtc" };
  const placed = await page.request.post("/trpc/orders.place", {
    data: { accountId, idempotencyKey: randomUUID(), order },
    headers: { origin },
  });
  expect(placed.ok(), await placed.text()).toBe(true);
}

test("[WL2] after each cut of the socket all prices come again, and no order event is lost or repeated", async ({
  page,
  desk,
}) => {
  const stream = await listen(page);
  await enter(page);
  const saved = await page.request.post("/trpc/marketData.setWatchlist", {
    data: { symbols: SYMBOLS },
    headers: { origin: desk.url },
  });
  expect(saved.ok()).toBe(true);
  await page.goto("/watchlist");
  const price = page.getByRole("table", { name: "Watchlist" }).locator('tr[data-key="AAPL"] td:nth-child(2)');
  await expect(price).toHaveText(/\d/);
  await placeResting(page, desk.url, FIRST_PRICE);
  // From here on the page knows where its events stand.
  await expect.poll(() => [...stream.working]).toEqual([FIRST_PRICE]);
  const backAfterMs: number[] = [];
  for (const limit of PRICES) {
    const before = stream.wholeAt.length;
    const cutAt = performance.now();
    await stream.cut();
    await placeResting(page, desk.url, limit);
    await expect.poll(() => stream.wholeAt.length).toBeGreaterThan(before);
    backAfterMs.push(Math.round((stream.wholeAt[before] ?? Number.NaN) - cutAt));
  }
  await expect.poll(() => [...stream.working]).toEqual([FIRST_PRICE, ...PRICES]);
  const [first = 0] = stream.orderEvents;
  expect(stream.orderEvents).toEqual(stream.orderEvents.map((_, index) => first + index));
  const shown = await price.innerText();
  await expect.poll(() => price.innerText()).not.toBe(shown);
  // Printed, not asserted: it is the machine's as much as the page's.
  process.stdout.write(`${JSON.stringify({ wholeAfterCutMs: backAfterMs })}\n`);
});

test("[WL3] a price that moves flashes, and does not where the person wants no motion", async ({ page }) => {
  await enter(page, "/watchlist");
  const price = page.getByRole("table", { name: "Watchlist" }).locator('tr[data-key="AAPL"] td:nth-child(2) > span');
  await expect(price).toBeVisible();
  /** Whether a colour was ever behind the price, frame by frame, until it has changed so often. */
  const isColoured = (changes: number) =>
    price.evaluate(async (cell, wanted) => {
      let [seen, isSeen, before] = [0, false, cell.textContent];
      while (seen < wanted) {
        await new Promise(requestAnimationFrame);
        if (cell.textContent !== before) seen += 1;
        before = cell.textContent;
        const { backgroundColor } = getComputedStyle(cell);
        if (!/^rgba\(0, 0, 0, 0\)$|\/ 0\)$/.test(backgroundColor)) isSeen = true;
      }
      return isSeen;
    }, changes);
  expect(await isColoured(3)).toBe(true);
  await page.emulateMedia({ reducedMotion: "reduce" });
  // The page may hear of it a frame later.
  await page.waitForFunction(() => matchMedia("(prefers-reduced-motion: reduce)").matches);
  expect(await isColoured(3)).toBe(false);
});
