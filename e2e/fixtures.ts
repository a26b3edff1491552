import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { startDesk, type Desk } from "./desk.ts";
import { writeTape, type Tape } from "./tape.ts";

export { expect } from "@playwright/test";

export const OWNER = { username: "ada", password: "seven quiet green lanterns" } as const;

/** What the browser itself writes for a call that the desk refused with a 4xx, as a test of bad input provokes it. */
export const REFUSED_CALL = /Failed to load resource: the server responded with a status of 4\d\d .* \S+\/trpc\//;

interface WorkerFixtures {
  /** Files that name different desks get different ones, each in a worker of its own. */
  readonly deskName: string;
  /** Settings of the file's desk. */
  readonly deskEnv: Readonly<Record<string, string>>;
  /** The recorded day that the file's desk replays; invented prices where null. */
  readonly tape: Tape | null;
  /** One new desk for the tests of a file, each of which starts where the one before it ended. */
  readonly desk: Desk;
}

interface TestFixtures {
  /** What the page may write to its console as an error, each with its reason where it is set. */
  readonly expectedErrors: readonly RegExp[];
  readonly noPageErrors: undefined;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  deskName: ["", { scope: "worker", option: true }],
  deskEnv: [{}, { scope: "worker", option: true }],
  tape: [null, { scope: "worker", option: true }],
  desk: [
    async ({ deskEnv, tape }, use) => {
      await using folder = tape === null ? undefined : await writeTape(tape);
      const feed = folder === undefined ? {} : { MARKET_FEED: `replay:${folder.path}` };
      await using desk = await startDesk({ env: { ...feed, ...deskEnv } });
      await use(desk);
    },
    { scope: "worker" },
  ],
  baseURL: async ({ desk }, use) => {
    await use(desk.url);
  },
  expectedErrors: [[], { option: true }],
  noPageErrors: [
    async ({ page, expectedErrors }, use) => {
      const errors = collectErrors(page);
      await use(undefined);
      expect(errors.filter((error) => !expectedErrors.some((expected) => expected.test(error)))).toEqual([]);
    },
    { auto: true },
  ],
});

/** What a page throws or writes to its console as an error, with where it comes from; a test with any of it fails. */
export function collectErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`${message.text()} ${message.location().url}`);
  });
  return errors;
}

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
