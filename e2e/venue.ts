import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { enter, expect, test as base } from "./fixtures.ts";
import { startSimulator, type Simulator } from "./simulator.ts";

const KEY = "PKSIMULATED0KEY00002";
const SECRET = "another/secret+of+the+simulated+key";
const HEADERS = { "APCA-API-KEY-ID": KEY, "APCA-API-SECRET-KEY": SECRET };

/** A simulated Alpaca that a test can kill, start again and speak to behind the desk's back. */
export interface Venue {
  readonly url: string;
  kill(): Promise<void>;
  /** The same account on the same port; `edit` changes what it kept of it. */
  restart(edit?: (state: string) => string): Promise<void>;
  /** An order that the desk knows nothing of. */
  placeOrder(order: Readonly<Record<string, string>>): Promise<void>;
}

/** Desks of these tests reach the venue of their file. */
export const test = base.extend<object, { readonly venue: Venue; readonly deskEnv: Readonly<Record<string, string>> }>({
  venue: [
    // Playwright reads what a fixture needs from its first parameter.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = await mkdtemp(path.join(tmpdir(), "alpaca-"));
      const account = { key: KEY, secret: SECRET, stateFile: path.join(folder, "account.json") };
      let simulator: Simulator = await startSimulator(account);
      const { url, port } = simulator;
      await use({
        url,
        kill: () => simulator.kill(),
        async restart(edit) {
          if (edit !== undefined) await writeFile(account.stateFile, edit(await readFile(account.stateFile, "utf8")));
          simulator = await startSimulator({ ...account, port });
        },
        async placeOrder(order) {
          const body = JSON.stringify(order);
          const answer = await fetch(`${url}/v2/orders`, { method: "POST", headers: HEADERS, body });
          expect(answer.status, await answer.text()).toBe(200);
        },
      });
      await simulator.kill();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  deskEnv: [({ venue }, use) => use({ ALPACA_SIMULATOR_URL: venue.url }), { scope: "worker" }],
});

/** The card of the venue's connection, on the connections' screen. */
export const venueCard = (page: Page) => page.getByRole("article", { name: "Alpaca · PAPER" });

/** Connects the desk to the venue as its owner, and waits until it is. */
export async function connectVenue(page: Page): Promise<void> {
  await enter(page, "/connections");
  await page.getByRole("button", { name: "Add Alpaca" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("PAPER", { exact: true }).click();
  await dialog.getByLabel("API key ID").fill(KEY);
  await dialog.getByLabel("API secret key").fill(SECRET);
  await dialog.getByRole("button", { name: "Test and save" }).click();
  await page.getByRole("dialog", { name: "Alpaca is connected" }).getByRole("button", { name: "Done" }).click();
  await expect(venueCard(page).getByText("Connected", { exact: true })).toBeVisible();
}

/** Shows the venue's account. */
export async function chooseVenue(page: Page): Promise<void> {
  const account = page.getByRole("combobox", { name: "Account", exact: true });
  const value = await account.locator("option").filter({ hasText: "Alpaca" }).getAttribute("value");
  await account.selectOption(value);
}
