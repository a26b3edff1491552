import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { startDesk, type Desk } from "./desk.ts";

export { expect } from "@playwright/test";

export const OWNER = { username: "ada", password: "seven quiet green lanterns" } as const;

interface WorkerFixtures {
  /** Files that name different desks get different ones, each in a worker of its own. */
  readonly deskName: string;
  /** One new desk for the tests of a file, each of which starts where the one before it ended. */
  readonly desk: Desk;
}

/** What a page wrote to its console as an error, or threw: a test with anything here fails. */
interface TestFixtures {
  readonly noPageErrors: undefined;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  deskName: ["", { scope: "worker", option: true }],
  desk: [
    // Playwright reads a fixture's dependencies off this pattern: there are none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      await using desk = await startDesk();
      await use(desk);
    },
    { scope: "worker" },
  ],
  baseURL: async ({ desk }, use) => {
    await use(desk.url);
  },
  noPageErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await use(undefined);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

/** Creates the owner on a new desk, or signs in on one that has it; ends on the dashboard. */
export async function enter(page: Page): Promise<void> {
  await page.goto("/");
  const repeat = page.getByLabel("Repeat the password");
  const signIn = page.getByRole("button", { name: "Sign in" });
  await expect(repeat.or(signIn)).toBeVisible();
  await page.getByLabel("User name").fill(OWNER.username);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  if (await repeat.isVisible()) {
    await repeat.fill(OWNER.password);
    await page.getByRole("button", { name: "Create account" }).click();
  } else {
    await signIn.click();
  }
  await expect(page.getByRole("heading", { name: "Dashboard" })).toBeAttached();
}

/** Sends a market order from the instrument's page and waits until it is filled. */
export async function buy(page: Page, symbol: string, quantity: string): Promise<void> {
  await page.goto(`/instruments/${symbol}`);
  const ticket = page.getByRole("form", { name: `Order ticket for ${symbol}` });
  await ticket.getByLabel("Order type").selectOption("market");
  await ticket.getByLabel("Quantity").fill(quantity);
  await page.keyboard.press("Enter");
  const send = ticket.getByRole("button", { name: new RegExp(`Buy ${quantity} ${symbol} · PAPER ···`) });
  await expect(send).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(ticket.getByRole("status").getByText("Filled")).toBeVisible();
}

/** [A11Y] nothing for axe to find, by WCAG 2.2 AA. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} (${failureSummary})`).join("; ")}`,
    ),
  ).toEqual([]);
}
