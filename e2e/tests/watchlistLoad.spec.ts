import { enter, expect, test } from "../fixtures.ts";
import { manyTapes } from "../tape.ts";
import { watchLoad } from "../watchLoad.ts";

const SYMBOLS = Array.from(
  { length: 500 },
  (_, index) => `L${String.fromCodePoint(65 + Math.floor(index / 26), 65 + (index % 26))}`,
);
/** `pnpm bench:watchlist` asks for half an hour. */
const SECONDS = Number(process.env["WATCHLIST_SECONDS"] ?? "10");
/** To sign in, to write the list and to open the screen, on a busy machine. */
const BEFORE_SECONDS = 180;

test.describe.configure({ mode: "serial" });
test.use({
  deskName: "watchlistLoad",
  // In a tuple: Playwright would take a bare array for one.
  tape: [manyTapes(SYMBOLS, "10:00", SECONDS + 2 * BEFORE_SECONDS), { scope: "worker" }],
  deskEnv: { MARKET_START: "10:00" },
});

test("[WL1] 500 watched symbols at 1,000 ticks a second: all that is seen moves, and the list answers", async ({
  page,
  desk,
}) => {
  test.setTimeout((SECONDS * 2 + 2 * BEFORE_SECONDS) * 1_000);
  await enter(page);
  const saved = await page.request.post("/trpc/marketData.setWatchlist", {
    data: { symbols: SYMBOLS },
    headers: { origin: desk.url },
  });
  expect(saved.ok()).toBe(true);
  await page.goto("/watchlist");
  const table = page.getByRole("table", { name: "Watchlist" });
  const row = (symbol: string) => table.locator(`tr[data-key="${symbol}"]`);
  const [first = "", second = ""] = SYMBOLS;
  await expect(
    row(first)
      .getByText(/^10\d\.\d\d$/)
      .first(),
  ).toBeVisible({ timeout: BEFORE_SECONDS * 1_000 });
  // The first two rows change places, and back: what a person sees of it is that the list is another one. The place of
  // the button is looked up once: a search in the page each second would be work that no person gives it.
  const arrange = [first, second];
  const box = await row(first)
    .getByRole("button", { name: `Move ${first} down` })
    .boundingBox();
  const button = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
  const figures = await watchLoad(page, {
    seconds: SECONDS,
    cpuThrottle: 4,
    heapEverySeconds: Math.max(5, Math.floor(SECONDS / 30)),
    click: async () => {
      await page.mouse.click(button.x, button.y);
      arrange.reverse();
    },
  });
  // Figures are printed, not asserted: they are the machine's as much as the page's.
  process.stdout.write(`${JSON.stringify({ watchlist: SYMBOLS.length, ...figures })}\n`);
  expect(figures.messages).toBeGreaterThan(0);
  expect(figures.clicks).toBe(SECONDS);
  await expect(row(arrange[0] ?? "")).toBeVisible();
  const before = await row(second).innerText();
  await expect.poll(() => row(second).innerText()).not.toBe(before);
  // The far end of the list is as good as its beginning.
  await page.getByRole("group", { name: "Watchlist" }).focus();
  await page.keyboard.press("End");
  const last = SYMBOLS.at(-1) ?? "";
  await expect(
    row(last)
      .getByText(/^59\d\.\d\d$|^600\.\d\d$/)
      .first(),
  ).toBeVisible();
});
