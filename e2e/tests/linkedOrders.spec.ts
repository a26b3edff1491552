import type { Page } from "@playwright/test";
import { enter, expect, expectAccessible, test } from "../fixtures.ts";

test.describe.configure({ mode: "serial" });
test.use({ deskName: "linkedOrders" });

async function openTicket(page: Page, symbol: string) {
  await enter(page, `/instruments/${symbol}`);
  const ticket = page.getByRole("form", { name: `Order ticket for ${symbol}` });
  await ticket.getByLabel("Order type").selectOption("limit");
  const limit = ticket.getByLabel("Limit price");
  await expect(limit).toHaveAttribute("placeholder", /\d/);
  const market = Number(await limit.getAttribute("placeholder"));
  return { ticket, limit, around: (share: number) => (market * share).toFixed(2) };
}

const members = (page: Page) => page.getByRole("region", { name: "Bracket" }).getByRole("listitem");
const rows = (page: Page) => page.getByRole("row").filter({ hasText: "AAPL" });

async function expectNoSidewaysScroll(page: Page) {
  await page.setViewportSize({ width: 360, height: 740 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}

test("[K1] a bracket is reviewed in one sentence and placed by keyboard; its exits wait for the entry", async ({
  page,
}) => {
  const { ticket, limit, around } = await openTicket(page, "AAPL");
  await ticket.getByLabel("Quantity").fill("10");
  await limit.fill(around(0.97));
  await ticket.getByLabel("Exits").selectOption("both");
  await ticket.getByLabel("Take profit", { exact: true }).fill(around(1.1));
  await ticket.getByLabel("Stop loss", { exact: true }).fill(around(0.9));
  await expect(ticket.getByText(/profit \$[\d,.]+ \(.*%\), loss \$[\d,.]+ \(.*%\), [\d.]+ to 1/)).toBeVisible();
  await page.keyboard.press("Enter");
  const sentence = `Buy 10 AAPL at ${around(0.97)} or better, then sell at ${around(1.1)} or, at ${around(0.9)}, stop out; for the day.`;
  await expect(ticket.getByText(sentence)).toBeVisible();
  await expectAccessible(page);
  await expect(ticket.getByRole("button", { name: /Buy 10 AAPL · PAPER ···/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(ticket.getByRole("status").getByText("Working", { exact: true })).toBeVisible();

  await page.goto("/orders?filter=open");
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).nth(0)).toContainText(/Buy.*Entry.*Working/s);
  await expect(rows(page).nth(1)).toContainText(/Sell.*Take profit.*Waits for its entry/s);
  await expect(rows(page).nth(2)).toContainText(/Sell.*Stop loss.*Waits for its entry/s);
  await expectAccessible(page);
});

test("[K2] the entry is changed and fills; then its exits work", async ({ page }) => {
  const { around } = await openTicket(page, "AAPL");
  await page.goto("/orders?filter=open");
  await rows(page).nth(0).getByRole("link").click();
  await expect(members(page)).toHaveCount(3);
  await expect(page.getByText("A cancel ends both its exits too")).toBeVisible();
  await page.getByRole("button", { name: /^Change Buy 10 AAPL/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Limit price").fill(around(1.02));
  await dialog.getByRole("button", { name: /^Change Buy 10 AAPL/ }).click();
  await expect(members(page).nth(0)).toContainText("Filled");
  await expect(members(page).nth(1)).toContainText(/Take profit.*Working/s);
  await expect(members(page).nth(2)).toContainText(/Stop loss.*Working/s);
  await expectAccessible(page);
});

test("[K3] an open order says what it waits for, by which rule and numbers; a fill says why it was made so", async ({
  page,
}) => {
  await enter(page, "/orders?filter=open");
  await rows(page).filter({ hasText: "Take profit" }).getByRole("link").click();
  const why = page.getByRole("region", { name: "Why" });
  await expect(why).toContainText(/The bid [\d.]+ is below your limit/);
  await expect(why.getByText("PX30")).toBeVisible();
  await expect(why.getByText(/^asked/)).toBeVisible();
  const sentence = why.getByText(/^The bid [\d.]+ is below/);
  const before = await sentence.innerText();
  await expect.poll(() => sentence.innerText(), { timeout: 30_000 }).not.toBe(before);
  await expect(why.getByText("The bid", { exact: true })).toBeVisible();
  await expect(why.getByText("Limit", { exact: true })).toBeVisible();
  await expectNoSidewaysScroll(page);

  await members(page).nth(0).getByRole("link").click();
  const fills = page.getByRole("region", { name: "Fills" });
  await fills
    .getByText(/^Why \d+ at/)
    .first()
    .click();
  await expect(fills.getByText(/Bought \d+ at the ask/).first()).toBeVisible();
  await expect(fills.getByText("Size shown").first()).toBeVisible();
  await expectAccessible(page);
});

test("[K4] cancelling one exit ends the other, and says so before", async ({ page }) => {
  await enter(page, "/orders?filter=open");
  await expect(rows(page)).toHaveCount(2);
  await page
    .getByRole("button", { name: /^Cancel Sell 10 AAPL .*, and with it the other exit$/ })
    .first()
    .click();
  await expect(rows(page)).toHaveCount(0);
  await page.goto("/orders?filter=closed");
  await expect(rows(page).getByText("Canceled", { exact: true })).toHaveCount(2);
  await rows(page).filter({ hasText: "Stop loss" }).getByRole("link").click();
  await expect(page.getByRole("region", { name: "Why" })).toContainText(/Canceled with its group|Canceled on request/);
});

test("[K5] trailing stops on both sides: as the market moves, one of them follows it", async ({ page }) => {
  for (const [side, unit, value] of [
    ["Sell", "percent", "5"],
    ["Buy", "amount", "15"],
  ] as const) {
    const { ticket } = await openTicket(page, "AAPL");
    await ticket.getByText(side, { exact: true }).click();
    await ticket.getByLabel("Order type").selectOption("trailing_stop");
    await ticket.getByLabel("Quantity").fill("5");
    await ticket.getByLabel("Trail in", { exact: true }).selectOption(unit);
    await ticket.getByLabel(/^Trail in (percent|dollars)$/).fill(value);
    await expect(ticket.getByText(/^Begins at about [\d.]+$/)).toBeVisible();
    await ticket.getByRole("button", { name: "Review order" }).click();
    await ticket.getByRole("button", { name: new RegExp(`${side} 5 AAPL`) }).click();
    await expect(ticket.getByRole("status").getByText("Working", { exact: true })).toBeVisible();
  }
  await page.goto("/orders?filter=open");
  const stops = () =>
    rows(page)
      .getByText(/^Trails .*, stop [\d.]+$/)
      .allInnerTexts();
  await expect.poll(async () => (await stops()).length).toBeGreaterThanOrEqual(2);
  const before = await stops();
  await expect.poll(stops, { timeout: 60_000 }).not.toEqual(before);
  await rows(page).first().getByRole("link").click();
  await expect(page.getByText("Its stop stands at")).toBeVisible();
  await expectAccessible(page);
});

test("[K6] an order for an amount of money makes parts of a share", async ({ page }) => {
  const { ticket } = await openTicket(page, "MSFT");
  await ticket.getByLabel("Order type").selectOption("market");
  await ticket.getByLabel("Size in").selectOption("dollars");
  await ticket.getByLabel("Amount in dollars").fill("500");
  await expect(ticket.getByText(/^≈ \d+\.\d+ shares at [\d.]+$/)).toBeVisible();
  await expectAccessible(page);
  await ticket.getByRole("button", { name: "Review order" }).click();
  await ticket.getByRole("button", { name: /Buy \$500\.00 of MSFT · PAPER/ }).click();
  await expect(ticket.getByRole("status").getByText("Filled")).toBeVisible();
  await ticket.getByRole("link", { name: "Buy $500.00 of MSFT" }).click();
  await expect(page.getByRole("heading", { name: "Buy $500.00 of MSFT" })).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: /^\d+\.\d+ of \d+\.\d+$/ })).toBeVisible();
});

test("[K7] a bracket whose stop lies above its entry is refused at the stop's field", async ({ page }) => {
  const { ticket, limit, around } = await openTicket(page, "AAPL");
  await ticket.getByLabel("Quantity").fill("10");
  await limit.fill(around(0.97));
  await ticket.getByLabel("Exits").selectOption("both");
  await ticket.getByLabel("Take profit", { exact: true }).fill(around(1.1));
  const stop = ticket.getByLabel("Stop loss", { exact: true });
  await stop.fill(around(0.99));
  await ticket.getByRole("button", { name: "Review order" }).click();
  await expect(stop).toHaveAttribute("aria-invalid", "true");
  await expect(stop).toHaveAccessibleDescription(`It must lie below the limit price, ${around(0.97)}.`);
  await expect(ticket.getByRole("button", { name: "Review order" })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test("[K8] on a market that never closes an auction is there, disabled, with the reason", async ({ page }) => {
  const { ticket } = await openTicket(page, "AAPL");
  for (const name of [/^At the open \(.+\)$/, /^At the close \(.+\)$/]) {
    await expect(ticket.getByRole("option", { name })).toBeDisabled();
  }
});

test("[K9] a pair of exits for what is held: one is cancelled, and the other goes with it", async ({ page }) => {
  const { ticket, around } = await openTicket(page, "AAPL");
  await expect(ticket.getByRole("option", { name: /^One cancels the other \(nothing was sold short/ })).toBeDisabled();
  await ticket.getByText("Sell", { exact: true }).click();
  await ticket.getByLabel("Exits").selectOption("oco");
  await ticket.getByLabel("Quantity").fill("3");
  await ticket.getByLabel("Limit price: the profit").fill(around(1.1));
  await ticket.getByLabel("Stop loss", { exact: true }).fill(around(0.9));
  await ticket.getByRole("button", { name: "Review order" }).click();
  const sentence = `Sell 3 AAPL at ${around(1.1)} or, at ${around(0.9)}, stop out; one cancels the other; for the day.`;
  await expect(ticket.getByText(sentence)).toBeVisible();
  await ticket.getByRole("button", { name: /Sell 3 AAPL · PAPER/ }).click();
  await expect(ticket.getByRole("status").getByText("Working", { exact: true })).toBeVisible();
  await ticket.getByRole("link", { name: "Sell 3 AAPL" }).click();
  const pair = page.getByRole("region", { name: "One cancels the other" }).getByRole("listitem");
  await expect(pair).toHaveCount(2);
  await expect(pair.nth(1)).toContainText(/Stop loss.*Working/s);
  await page.getByRole("button", { name: /^Cancel Sell 3 AAPL/ }).click();
  await expect(pair.filter({ hasText: "Canceled" })).toHaveCount(2);
  await expectAccessible(page);
});

test("[K10] an end is typed by keyboard and told on the market's clock; half of one is no end", async ({ page }) => {
  const { ticket, limit, around } = await openTicket(page, "KO");
  await ticket.getByLabel("Time in force").selectOption("gtc");
  await ticket.getByLabel("Quantity").fill("1");
  await limit.fill(around(0.9));
  const ends = ticket.getByLabel("Ends at, ET (optional)");
  await expect(ticket.getByText("Works until you cancel it")).toBeVisible();
  await ends.focus();
  await page.keyboard.type("013020270330P");
  await expect(ticket.getByText("Jan 30, 2027, 15:30:00 market time")).toBeVisible();
  await page.keyboard.press("Backspace");
  await ticket.getByRole("button", { name: "Review order" }).click();
  await expect(ends).toHaveAttribute("aria-invalid", "true");
  await expect(ticket.getByText("Give the whole date and time, or clear them.")).toBeVisible();
  await expectAccessible(page);
  await ends.fill("2027-01-29T12:00");
  await ticket.getByRole("button", { name: "Review order" }).click();
  await expect(
    ticket.getByText(/^Buy 1 KO at [\d.]+ or better, until Jan 29, 2027, 12:00:00 ET\. PAPER/),
  ).toBeVisible();
  await ticket.getByRole("button", { name: /Buy 1 KO · PAPER/ }).click();
  await ticket.getByRole("link", { name: "Buy 1 KO" }).click();
  await expect(page.getByRole("definition").filter({ hasText: "Jan 29, 2027, 12:00:00" })).toBeVisible();
});
