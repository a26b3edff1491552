import type { Page } from "@playwright/test";
import { buy, enter, expect, expectAccessible, test as base } from "../fixtures.ts";
import { startGateway, type SimulatedGateway } from "../gateway.ts";

const ACCOUNT = "DU1234567";

/** Orders are taken, and neither they nor previews are ever answered, nor told of when they are asked for. */
const SILENT_ABOUT_ORDERS = ["openOrder", "orderStatus"].map((reply) => ({
  on: "reply",
  reply,
  times: 1_000_000,
  do: { kind: "skip" },
}));

const test = base.extend<object, { readonly gateway: SimulatedGateway }>({
  gateway: [
    // Playwright reads what a fixture needs from its first parameter.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      await using gateway = await startGateway(ACCOUNT);
      await use(gateway);
    },
    { scope: "worker" },
  ],
});

test.describe.configure({ mode: "serial" });
/** What was refused, and what could not be asked while the gateway was away. */
const REFUSED_OR_AWAY =
  /Failed to load resource: the server responded with a status of (?:4\d\d|50[234]) .* \S+\/trpc\//;
test.use({ deskName: "interactive-brokers", expectedErrors: [REFUSED_OR_AWAY] });

const card = (page: Page) => page.getByRole("article", { name: "Interactive Brokers · PAPER" });
const state = (page: Page, name: string) => card(page).getByText(name, { exact: true });

async function chooseAccount(page: Page): Promise<void> {
  const account = page.getByRole("combobox", { name: "Account", exact: true });
  const value = await account.locator("option").filter({ hasText: "Interactive Brokers" }).getAttribute("value");
  await account.selectOption(value);
}

/** What the gateway itself did with orders in a symbol. */
async function eventsOf(gateway: SimulatedGateway, symbol: string): Promise<readonly (string | undefined)[]> {
  return (await gateway.journal()).flatMap(({ event, order }) => (order?.symbol === symbol ? event : []));
}

test("[IBD1] it is looked for, tested and added; what cannot be used says why and what to do", async ({
  page,
  gateway,
}) => {
  await using live = await startGateway("U7654321");
  await enter(page, "/connections");
  await page.getByRole("button", { name: "Add Interactive Brokers" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("PAPER", { exact: true }).click();
  const port = dialog.getByLabel("Port (optional)");
  const save = dialog.getByRole("button", { name: "Test and save" });
  const refusal = dialog.getByRole("alert");

  await port.fill("1");
  await save.click();
  await expect(refusal).toContainText("nothing answers at 127.0.0.1:1: start TWS or the IB Gateway and log in");
  await expect(refusal).toContainText("GATEWAY_NOT_RUNNING");
  await dialog.getByLabel("Host of TWS").fill("169.254.169.254");
  await save.click();
  await expect(refusal).toContainText("neither this machine nor one in a private network");
  await dialog.getByLabel("Host of TWS").fill("127.0.0.1");

  const look = dialog.getByRole("button", { name: "Look for Interactive Brokers" });
  const places = dialog.getByRole("list", { name: "What was looked at" }).getByRole("listitem");
  await port.fill(String(live.port));
  await look.click();
  await expect(places.filter({ hasText: `127.0.0.1:${live.port}` })).toContainText("logged in to real money");
  await expect(places.filter({ hasText: "U7654321" })).toHaveCount(1);
  await expect(dialog.getByRole("button", { name: "Use U7654321" })).toHaveCount(0);
  await save.click();
  await expect(refusal).toContainText("which is no paper account");
  await expect(card(page)).toHaveCount(0);

  await port.fill(String(gateway.port));
  await look.click();
  await expect(places.filter({ hasText: ACCOUNT })).toContainText("filled in below");
  await expect(places.filter({ hasText: "127.0.0.1:7497" })).toBeVisible();
  await expectAccessible(page);
  await save.click();
  const proven = page.getByRole("dialog", { name: "Interactive Brokers is connected" });
  const checks = proven.getByRole("list", { name: "What was proven" }).getByRole("listitem");
  await expect(checks.filter({ hasText: "Gateway" }).first()).toContainText(`127.0.0.1:${gateway.port}, version 193`);
  await expect(checks.filter({ hasText: "Account number" })).toContainText(`${ACCOUNT}, a paper account`);
  await expect(checks).toHaveCount(6);
  await expectAccessible(page);
  await proven.getByRole("button", { name: "Done" }).click();
  await expect(state(page, "Connected")).toBeVisible();
});

test("[IBD2] its quotes tick, an order shows what margin it needs before it goes, fills and is in the book", async ({
  page,
  gateway,
}) => {
  await enter(page);
  await chooseAccount(page);
  const watchlist = page.getByRole("region", { name: "Watchlist" });
  // The simulator makes the days before today up when they are first asked for.
  await expect(watchlist.getByText("Streaming").first()).toBeAttached({ timeout: 45_000 });
  const before = await watchlist.innerText();
  await expect.poll(() => watchlist.innerText()).not.toBe(before);

  await enter(page, "/instruments/AAPL");
  const ticket = page.getByRole("form", { name: "Order ticket for AAPL" });
  await ticket.getByLabel("Order type").selectOption("market");
  await ticket.getByLabel("Quantity").fill("10");
  const margin = ticket.getByRole("term").filter({ hasText: "Margin needed" });
  await expect(margin.locator("xpath=following-sibling::dd[1]")).toHaveText(/\$[1-9]/);
  // A preview is no order.
  expect(await eventsOf(gateway, "AAPL")).toEqual([]);
  await buy(page, "AAPL", "10");
  const position = page.getByRole("region", { name: "Position", exact: true });
  await expect(position.getByRole("cell", { name: "10", exact: true })).toBeVisible();
  expect((await eventsOf(gateway, "AAPL")).filter((event) => event === "taken" || event === "filled")).toEqual([
    "taken",
    "filled",
  ]);
  await enter(page, "/connections");
  await expect(card(page).getByText(/^\d+ of 100 in use$/)).toBeVisible();
  await expect(card(page).getByText(/^\d+ of 50 a second left$/)).toBeVisible();
});

test("[IBD3] the gateway dies in the middle of an order: unknown until it is back, then found, and once", async ({
  page,
  gateway,
}) => {
  // Two outages, each with the desk's own growing waits.
  test.setTimeout(240_000);
  await gateway.kill();
  await enter(page, "/connections");
  await expect(state(page, "Reconnecting")).toBeVisible();
  await expect(card(page)).toContainText("the gateway is being restarted, or was closed");
  await gateway.restart(SILENT_ABOUT_ORDERS);
  await expect(state(page, "Connected")).toBeVisible({ timeout: 60_000 });

  await enter(page, "/instruments/MSFT");
  await chooseAccount(page);
  const ticket = page.getByRole("form", { name: "Order ticket for MSFT" });
  await ticket.getByLabel("Order type").selectOption("limit");
  await ticket.getByLabel("Quantity").fill("2");
  const price = ticket.getByLabel("Limit price");
  await expect(price).toHaveAttribute("placeholder", /\d/);
  await price.fill((Number(await price.getAttribute("placeholder")) * 0.95).toFixed(2));
  // A gateway that says nothing of margin leaves it unknown.
  const margin = ticket.getByRole("term").filter({ hasText: "Margin needed" });
  await expect(margin.locator("xpath=following-sibling::dd[1]")).toHaveText("unknown");
  await page.keyboard.press("Enter");
  await ticket.getByRole("button", { name: /Buy 2 MSFT/ }).click();
  await expect.poll(() => eventsOf(gateway, "MSFT")).toContain("taken");
  await gateway.kill();

  await page.goto("/orders");
  const row = page.getByRole("row").filter({ hasText: "MSFT" });
  await expect(row).toContainText(/Unknown/i);
  await page.goto("/connections");
  await expect(state(page, "Reconnecting")).toBeVisible();
  await expect(card(page)).toContainText("GATEWAY_NOT_RUNNING");

  await gateway.restart();
  await page.goto("/orders");
  await expect(row.getByText("Working")).toBeVisible({ timeout: 90_000 });
  await expect(row).toHaveCount(1);
  const sent = (await gateway.journal()).filter(({ request, whatIf }) => request === "placeOrder" && whatIf === false);
  expect(sent).toHaveLength(2);
  expect(new Set(sent.map(({ orderRef }) => orderRef)).size).toBe(2);
  const ids = (await gateway.journal()).flatMap(({ request, orderId }) =>
    request === "placeOrder" ? (orderId ?? []) : [],
  );
  // Previews take ids too, and none was used twice, whatever the restarted gateway counted from.
  expect(new Set(ids).size).toBe(ids.length);

  await row.getByRole("link").first().click();
  const life = page.getByRole("region", { name: "History" }).getByRole("listitem");
  await expect
    .poll(async () => (await life.allInnerTexts()).join("\n"))
    .toMatch(/Sending to the broker[^]*No answer[^]*Working at the broker/);
  await page.goto("/orders");
  await row.getByRole("link").first().focus();
  await page.keyboard.press("x");
  await expect(row.getByText("Working")).toHaveCount(0);
  await expect.poll(() => eventsOf(gateway, "MSFT")).toContain("cancelled");
  await enter(page, "/connections");
  await expect(state(page, "Connected")).toBeVisible();
  await expect(card(page).getByText("no open difference")).toBeVisible();
});
