import { buy, collectErrors, enter, expect, expectAccessible, test } from "../fixtures.ts";
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

  await expect(page.getByRole("region", { name: "Connections" }).getByText("Connected", { exact: true })).toBeVisible();
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

test("[J3] a market order goes through its states and fills; position, cash and profit move by its numbers", async ({
  page,
}) => {
  await enter(page);
  const tile = (label: string) =>
    page.getByRole("term").filter({ hasText: label }).locator("xpath=following-sibling::dd");
  await expect(tile("Cash").first()).toHaveText("$100,000.00");
  await expect(tile("Unrealised P&L").first()).toHaveText("$0.00");

  await buy(page, "AAPL", "10");
  await expect(
    page.getByRole("region", { name: "Position", exact: true }).getByRole("cell", { name: "10", exact: true }),
  ).toBeVisible();

  await page.getByRole("form").getByRole("link", { name: "Buy 10 AAPL" }).click();
  const life = page.getByRole("region", { name: "History" }).getByRole("listitem");
  await expect(life.filter({ hasText: /Filled 10 of 10 at / })).toBeVisible();
  const steps = (await life.allInnerTexts()).join("\n");
  expect(steps).toMatch(
    /Accepted by the desk[^]*Sending to the broker[^]*Working at the broker[^]*Filled 10 of 10 at /,
  );

  const fills = await page.getByRole("region", { name: "Fills" }).getByRole("listitem").allInnerTexts();
  const paid = fills.map((fill) => {
    const [, quantity, price] = /([\d,]+) at ([\d.,]+)/.exec(fill) ?? [];
    const [, fees] = /fees \$([\d.,]+)/.exec(fill) ?? [];
    return Number(quantity) * Number(price) + Number(fees);
  });
  const left = 100_000 - paid.reduce((sum, each) => sum + each, 0);
  await page.goto("/");
  await expect(tile("Cash").first()).toHaveText(
    left.toLocaleString("en-US", { style: "currency", currency: "USD", minimumFractionDigits: 2 }),
  );
  await expect(page.getByRole("region", { name: "Positions" }).getByRole("link", { name: "AAPL" })).toBeVisible();
  const profit = tile("Unrealised P&L").first();
  const before = await profit.innerText();
  await expect.poll(() => profit.innerText()).not.toBe(before);
  await expect(profit).toHaveText(/[+\-−]?\$\d+\.\d\d/);
});

test("[J4] a limit order rests, survives a reload, and is cancelled with one key", async ({ page }) => {
  await enter(page, "/instruments/MSFT");
  const ticket = page.getByRole("form", { name: "Order ticket for MSFT" });
  await ticket.getByLabel("Order type").selectOption("limit");
  await ticket.getByLabel("Quantity").fill("2");
  const price = ticket.getByLabel("Limit price");
  await expect(price).toHaveAttribute("placeholder", /\d/);
  const reference = Number(await price.getAttribute("placeholder"));
  await price.fill((reference * 0.95).toFixed(2));
  await page.keyboard.press("Enter");
  await ticket.getByRole("button", { name: /Buy 2 MSFT/ }).click();
  await expect(ticket.getByRole("status").getByText("Working", { exact: true })).toBeVisible();

  await page.goto("/orders");
  await page.reload();
  const row = page.getByRole("row").filter({ hasText: "MSFT" });
  await expect(row.getByText("Working")).toBeVisible();
  await expectAccessible(page);
  await row.getByRole("link").first().focus();
  await page.keyboard.press("x");
  await expect(page.getByRole("row").filter({ hasText: "MSFT" }).getByText("Working")).toHaveCount(0);
  await page.goto("/orders?filter=closed");
  await expect(page.getByRole("row").filter({ hasText: "MSFT" }).getByText("Canceled", { exact: true })).toBeVisible();
});

test("[J5] an order's page tells its whole life, with the reason of its fill", async ({ page }) => {
  await enter(page, "/orders?filter=closed");
  await page.getByRole("row").filter({ hasText: "AAPL" }).getByRole("link").first().click();
  await expect(page.getByText(/Filled 10/).first()).toBeVisible();
  await expectAccessible(page);
});

test.describe("disconnected", () => {
  // The market clock goes on asking a connection that is down, and the browser writes each refusal down.
  test.use({ expectedErrors: [/status of 412 \(Precondition Failed\) \S+\/trpc\/\S*marketData\./] });

  test("[J6] a connection shows the age of its evidence; disconnected, nothing streams; connected again, it does", async ({
    page,
  }) => {
    await enter(page);
    const streaming = page.getByRole("region", { name: "Watchlist" }).getByText("Streaming", { exact: true });
    await expect(streaming.first()).toBeAttached();

    await page.goto("/connections");
    const card = page.getByRole("article");
    const ages = card.getByText(/^\d+ s ago$/);
    await expect(ages.first()).toBeVisible();
    const before = await ages.allInnerTexts();
    await expect.poll(() => ages.allInnerTexts()).not.toEqual(before);
    await expect(card.getByText("Connected", { exact: true })).toBeVisible();

    await page.getByRole("button", { name: /^Disconnect / }).click();
    await expect(page.getByRole("button", { name: /^Connect / })).toBeVisible();
    await expect(card.getByText("Disconnected", { exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Dashboard" }).first().click();
    await expect(page.getByRole("region", { name: "Watchlist" }).getByRole("listitem").first()).toBeVisible();
    await expect(streaming).toHaveCount(0, { timeout: 15_000 });

    await page.goto("/connections");
    await page.getByRole("button", { name: /^Connect / }).click();
    await expect(page.getByRole("button", { name: /^Disconnect / })).toBeVisible();
    await expect(card.getByText("Connected", { exact: true })).toBeVisible();
    await page.getByRole("link", { name: "Dashboard" }).first().click();
    await expect(streaming.first()).toBeAttached();
  });
});

test("[J7] everything that was done is in the activity log, whose chain holds", async ({ page, context }) => {
  // Signs in, which is one of the things.
  await context.clearCookies();
  await enter(page, "/activity");
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
  const errors = collectErrors(page);
  await enter(page);
  await expect(page.getByRole("region", { name: "Positions" }).getByRole("link", { name: "AAPL" })).toBeVisible();
  await page.goto("/orders?filter=closed");
  await expect(page.getByRole("row").filter({ hasText: "MSFT" }).getByText("Canceled", { exact: true })).toBeVisible();
  expect(errors).toEqual([]);
});
