import { buy, enter, expect, expectAccessible, test } from "../fixtures.ts";
import { risingTape } from "../tape.ts";

test.describe.configure({ mode: "serial" });
test.use({ deskName: "replay", tape: risingTape("AAPL", "09:30", "11:00", 1_000), deskEnv: { MARKET_START: "10:00" } });

test("[R1] a recorded day is shown as what it is, with its candles, and its prices move", async ({ page }) => {
  await enter(page);
  await expect(page.getByText("Replay of 2013-10-08 at 1x: prices are of a past day.")).toBeVisible();
  await page.goto("/instruments/AAPL");
  // 09:30 to 10:00 in candles of five minutes, and the one that has begun.
  await expect(page.getByRole("img", { name: /^AAPL, 7 candles of .*: from 480\.00 to 498\.\d\d/ })).toBeVisible();
  const last = page.getByText(/^498\.\d\d$/).first();
  const before = await last.innerText();
  await expect.poll(() => last.innerText()).not.toBe(before);
  await expectAccessible(page);
});

test("[R2] an order on a recorded day fills at the tape's price, in the tape's time", async ({ page }) => {
  await buy(page, "AAPL", "3");
  await page.getByRole("form").getByRole("link", { name: "Buy 3 AAPL" }).click();
  await expect(page.getByRole("region", { name: "Fills" }).getByText(/10:0\d:\d\d.*3 at 49[89]\.\d\d/s)).toBeVisible();
});
