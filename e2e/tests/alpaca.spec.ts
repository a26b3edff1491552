import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { buy, enter, expect, expectAccessible, test as base } from "../fixtures.ts";
import { startSimulator, type Simulator } from "../simulator.ts";

const KEY = "PKSIMULATED0KEY00001";
const SECRET = "the+right/secret+of+the+simulated+key";

/** The second order is taken, and neither its answer nor a word of it leaves the simulator before it is killed. */
const SILENT_SECOND_ORDER = [
  { on: "request", method: "POST", path: "/v2/orders", nth: 2, do: { kind: "delay", when: "after", ms: 600_000 } },
  ...["new", "pending_new"].map((type) => ({
    on: "message",
    stream: "trading",
    type,
    times: 99,
    do: { kind: "skip" },
  })),
];

interface Venue {
  readonly url: string;
  kill(): Promise<void>;
  /** The same account on the same port, with nothing going wrong any more. */
  restart(): Promise<void>;
}

const test = base.extend<object, { readonly venue: Venue; readonly deskEnv: Readonly<Record<string, string>> }>({
  venue: [
    // Playwright reads what a fixture needs from its first parameter.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = await mkdtemp(path.join(tmpdir(), "alpaca-"));
      const account = { key: KEY, secret: SECRET, stateFile: path.join(folder, "account.json") };
      const faultsFile = path.join(folder, "faults.jsonl");
      await writeFile(faultsFile, SILENT_SECOND_ORDER.map((rule) => `${JSON.stringify(rule)}\n`).join(""));
      let simulator: Simulator = await startSimulator({ ...account, faultsFile });
      const { url, port } = simulator;
      await use({
        url,
        kill: () => simulator.kill(),
        restart: async () => {
          simulator = await startSimulator({ ...account, port });
        },
      });
      await simulator.kill();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  deskEnv: [({ venue }, use) => use({ ALPACA_SIMULATOR_URL: venue.url }), { scope: "worker" }],
});

test.describe.configure({ mode: "serial" });
/** What was refused, and what could not be asked while the broker was away. */
const REFUSED_OR_AWAY =
  /Failed to load resource: the server responded with a status of (?:4\d\d|50[234]) .* \S+\/trpc\//;
test.use({ deskName: "alpaca", expectedErrors: [REFUSED_OR_AWAY] });

const card = (page: Page) => page.getByRole("article", { name: "Alpaca · PAPER" });

async function chooseAlpaca(page: Page): Promise<void> {
  const account = page.getByRole("combobox", { name: "Account", exact: true });
  const value = await account.locator("option").filter({ hasText: "Alpaca" }).getAttribute("value");
  await account.selectOption(value);
}

/** What the simulator itself lists, as any client of Alpaca's would ask for it. */
async function listOrders(venue: Venue): Promise<readonly { readonly symbol: string; readonly status: string }[]> {
  const headers = { "APCA-API-KEY-ID": KEY, "APCA-API-SECRET-KEY": SECRET };
  const answer = await fetch(`${venue.url}/v2/orders?status=all`, { headers });
  return answer.json();
}

test("[AD1] keys are tested before they are stored: a wrong secret is refused in words, the right one with what it proved", async ({
  page,
}) => {
  await enter(page, "/connections");
  await page.getByRole("button", { name: "Add Alpaca" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("API secret key")).toHaveCount(0);
  await dialog.getByText("PAPER", { exact: true }).click();
  await expect(
    dialog.getByText(/This desk reaches a simulator at http:\/\/127\.0\.0\.1:\d+, not Alpaca/),
  ).toBeVisible();
  await expectAccessible(page);

  const save = dialog.getByRole("button", { name: "Test and save" });
  await save.click();
  await expect(dialog.getByText("Enter the api secret key.")).toBeVisible();
  await dialog.getByLabel("API key ID").fill(KEY);
  await dialog.getByLabel("API secret key").fill("not+the+secret+at+all");
  await save.click();
  await expect(dialog.getByRole("alert")).toContainText("does not accept these keys");
  await expect(dialog.getByRole("alert")).toContainText("AUTHENTICATION_FAILED");
  await expect(dialog.getByRole("alert")).not.toContainText("not+the+secret");
  await expect(card(page)).toHaveCount(0);

  await dialog.getByLabel("API secret key").fill(SECRET);
  await save.click();
  const proven = page.getByRole("dialog", { name: "Alpaca is connected" });
  const checks = proven.getByRole("list", { name: "What was proven" }).getByRole("listitem");
  await expect(checks.filter({ hasText: "Credentials" })).toContainText(/proven\s*accepted/);
  await expect(checks.filter({ hasText: "Account number" })).toContainText(/PA\w+/);
  await expect(checks.filter({ hasText: "Host" })).toContainText(/127\.0\.0\.1:\d+, a simulator/);
  await expect(checks).toHaveCount(9);
  await expectAccessible(page);
  await proven.getByRole("button", { name: "Done" }).click();
  await expect(card(page).getByText("Connected", { exact: true })).toBeVisible();
  await expect(card(page).getByText("Simulator", { exact: true })).toBeVisible();
  await expect(page.getByText(SECRET)).toHaveCount(0);
});

test("[KR5] keys are replaced: wrong ones are refused and change nothing, the right ones tell what they proved, and it stays connected", async ({
  page,
}) => {
  await enter(page, "/connections");
  await expect(card(page).getByText(/^Keys set on/)).toBeVisible();
  await card(page).getByRole("button", { name: "Replace keys… Alpaca" }).click();
  const dialog = page.getByRole("dialog", { name: "Replace the keys of Alpaca" });
  await expectAccessible(page);
  await dialog.getByLabel("API key ID").fill(KEY);
  await dialog.getByLabel("API secret key").fill("not+the+secret+at+all");
  await dialog.getByRole("button", { name: "Test and replace" }).click();
  await expect(dialog.getByRole("alert")).toContainText("AUTHENTICATION_FAILED");
  await dialog.getByLabel("API secret key").fill(SECRET);
  await dialog.getByRole("button", { name: "Test and replace" }).click();
  const proven = page.getByRole("dialog", { name: "Alpaca has new keys" });
  const checks = proven.getByRole("list", { name: "What was proven" }).getByRole("listitem");
  await expect(checks.filter({ hasText: "Account number" })).toContainText(/PA\w+/);
  await expectAccessible(page);
  await proven.getByRole("button", { name: "Done" }).click();
  await expect(card(page).getByText("Connected", { exact: true })).toBeVisible();
  await expect(page.getByText(SECRET)).toHaveCount(0);
});

test("[AD2] its quotes tick, and an order goes and fills", async ({ page, venue }) => {
  await enter(page);
  await chooseAlpaca(page);
  const watchlist = page.getByRole("region", { name: "Watchlist" });
  // The simulator makes the days before today up when they are first asked for.
  await expect(watchlist.getByText("Streaming").first()).toBeAttached({ timeout: 45_000 });
  const before = await watchlist.innerText();
  await expect.poll(() => watchlist.innerText()).not.toBe(before);
  await buy(page, "AAPL", "10");
  await expect(
    page.getByRole("region", { name: "Position", exact: true }).getByRole("cell", { name: "10", exact: true }),
  ).toBeVisible();
  expect((await listOrders(venue)).map(({ symbol, status }) => `${symbol} ${status}`)).toEqual(["AAPL filled"]);
});

test("[AD3] the simulator dies while it answers an order: unknown until it is back, then found, and once", async ({
  page,
  venue,
}) => {
  await enter(page);
  await chooseAlpaca(page);
  await page.goto("/instruments/MSFT");
  const ticket = page.getByRole("form", { name: "Order ticket for MSFT" });
  await ticket.getByLabel("Order type").selectOption("limit");
  await ticket.getByLabel("Quantity").fill("2");
  const price = ticket.getByLabel("Limit price");
  await expect(price).toHaveAttribute("placeholder", /\d/);
  await price.fill((Number(await price.getAttribute("placeholder")) * 0.95).toFixed(2));
  await page.keyboard.press("Enter");
  // At once, whatever the click takes: after some seconds without an answer the desk asks for the order by itself.
  const killOnceTaken = async () => {
    await expect.poll(async () => (await listOrders(venue)).length, { intervals: [20] }).toBe(2);
    await venue.kill();
  };
  await Promise.all([killOnceTaken(), ticket.getByRole("button", { name: /Buy 2 MSFT/ }).click()]);

  await page.goto("/orders");
  const row = page.getByRole("row").filter({ hasText: "MSFT" });
  await expect(row).toContainText(/Unknown/i);
  await page.goto("/connections");
  await expect(card(page).getByText(/Degraded|Reconnecting|Disconnected/)).toBeVisible();
  await expect(card(page)).toContainText("CONNECTION_FAILED");
  await expectAccessible(page);

  await venue.restart();
  // Prices may take longer: Alpaca counts a data connection for a while after it is gone.
  const orderStream = card(page).getByRole("term").filter({ hasText: "Order stream" });
  await expect(orderStream.locator("xpath=following-sibling::dd[1]")).toHaveText("Heard", { timeout: 30_000 });
  await page.goto("/orders");
  await expect(row.getByText("Working")).toBeVisible({ timeout: 20_000 });
  await expect(row).toHaveCount(1);
  expect((await listOrders(venue)).map(({ symbol }) => symbol).toSorted()).toEqual(["AAPL", "MSFT"]);

  await row.getByRole("link").first().click();
  const life = page.getByRole("region", { name: "History" }).getByRole("listitem");
  await expect
    .poll(async () => (await life.allInnerTexts()).join("\n"))
    .toMatch(/Sending to the broker[^]*No answer[^]*Working at the broker/);
  // That it was unknown is history, and Alpaca does not say why an order waits.
  await expect(page.getByRole("region", { name: "Why" })).toHaveCount(0);
  await page.goto("/orders");
  await row.getByRole("link").first().focus();
  await page.keyboard.press("x");
  await expect(row.getByText("Working")).toHaveCount(0);
  await expect
    .poll(async () => (await listOrders(venue)).map(({ status }) => status).toSorted())
    .toEqual(["canceled", "filled"]);
});
