import { buy, enter, expect, expectAccessible, test } from "../fixtures.ts";
import { startDesk } from "../desk.ts";

test.describe.configure({ mode: "serial" });
test.use({ deskName: "journey" });

test("[J1] a new desk asks for its owner once, and opens on a connected paper account whose quotes tick", async ({
  page,
}) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Create the owner's account" })).toBeVisible();
  await expectAccessible(page);
  await enter(page);

  await expect(page.getByRole("region", { name: "Connections" }).getByText("Connected")).toBeVisible();
  const watchlist = page.getByRole("region", { name: "Watchlist" });
  const first = watchlist.getByRole("listitem").first();
  await expect(first.getByText("Streaming")).toBeAttached();
  const before = await watchlist.innerText();
  await expect.poll(() => watchlist.innerText()).not.toBe(before);
  await expectAccessible(page);
});

test("[J2] an instrument is found by its name, and has candles", async ({ page }) => {
  await enter(page);
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: /search/i }).fill("apple");
  await page.getByRole("option", { name: /AAPL/ }).first().click();
  await expect(page).toHaveURL(/instruments\/AAPL/);
  await expect(page.locator("canvas").first()).toBeVisible();
  await expectAccessible(page);
});

test("[J3] a market order goes through its states and fills; position and cash move", async ({ page }) => {
  await enter(page);
  await buy(page, "AAPL", "10");
  await expect(
    page.getByRole("region", { name: "Position", exact: true }).getByRole("cell", { name: "10", exact: true }),
  ).toBeVisible();
  await page.goto("/");
  const cash = page.getByRole("definition").filter({ hasText: "fees paid" });
  await expect(cash).not.toContainText("100,000.00");
  await expect(page.getByRole("region", { name: "Positions" }).getByRole("link", { name: "AAPL" })).toBeVisible();
});

test("[J4] a limit order rests, survives a reload, and is cancelled with one key", async ({ page }) => {
  await enter(page);
  await page.goto("/instruments/MSFT");
  const ticket = page.getByRole("form", { name: "Order ticket for MSFT" });
  await ticket.getByLabel("Order type").selectOption("limit");
  await ticket.getByLabel("Quantity").fill("2");
  const price = ticket.getByLabel("Limit price");
  await expect(price).toHaveAttribute("placeholder", /\d/);
  const reference = Number(await price.getAttribute("placeholder"));
  await price.fill((reference * 0.95).toFixed(2));
  await page.keyboard.press("Enter");
  await ticket.getByRole("button", { name: /Buy 2 MSFT/ }).click();
  await expect(ticket.getByRole("status").getByText("Working")).toBeVisible();

  await page.goto("/orders");
  await page.reload();
  const row = page.getByRole("row").filter({ hasText: "MSFT" });
  await expect(row.getByText("Working")).toBeVisible();
  await expectAccessible(page);
  await row.getByRole("link").first().focus();
  await page.keyboard.press("x");
  await expect(page.getByRole("row").filter({ hasText: "MSFT" }).getByText("Working")).toHaveCount(0);
  await page.goto("/orders?filter=closed");
  await expect(page.getByRole("row").filter({ hasText: "MSFT" }).getByText("Cancelled")).toBeVisible();
});

test("[J5] an order's page tells its whole life, with the reason of its fill", async ({ page }) => {
  await enter(page);
  await page.goto("/orders?filter=closed");
  await page.getByRole("row").filter({ hasText: "AAPL" }).getByRole("link").first().click();
  await expect(page.getByText(/Filled 10/).first()).toBeVisible();
  await expectAccessible(page);
});

test("[J6] a connection shows the age of its evidence, is disconnected, and connected again", async ({ page }) => {
  await enter(page);
  await page.goto("/connections");
  await page.getByRole("button", { name: /^Disconnect / }).click();
  await expect(page.getByRole("button", { name: /^Connect / })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: /^Connect / }).click();
  await expect(page.getByRole("button", { name: /^Disconnect / })).toBeVisible();
});

test("[J7] everything that was done is in the activity log, whose chain holds", async ({ page }) => {
  await enter(page);
  await page.goto("/activity");
  for (const action of ["order.", "session.", "connection."]) {
    await expect(page.getByText(new RegExp(action.replace(".", "\\."))).first()).toBeVisible();
  }
  await page.getByRole("button", { name: /verify/i }).click();
  await expect(page.getByText(/entries are as they were written/)).toBeVisible();
  await expectAccessible(page);
});

test("[J8] signing out ends it: the next page asks who is there", async ({ page }) => {
  await enter(page);
  await page.getByRole("button", { name: /Sign out/ }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/positions");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expectAccessible(page);
});

test("[J9] a restart of the desk loses nothing", async ({ browser, desk }) => {
  await desk.stop();
  await using again = await startDesk({ dataDir: desk.dataDir });
  await using context = await browser.newContext({ baseURL: again.url });
  const page = await context.newPage();
  await enter(page);
  await expect(page.getByRole("region", { name: "Positions" }).getByRole("link", { name: "AAPL" })).toBeVisible();
  await page.goto("/orders?filter=closed");
  await expect(page.getByRole("row").filter({ hasText: "MSFT" }).getByText("Cancelled")).toBeVisible();
});
