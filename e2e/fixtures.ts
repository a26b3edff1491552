import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Cookie, type Locator, type Page } from "@playwright/test";
import { startDesk, type Desk } from "./desk.ts";
import { writeTape, type Tape } from "./tape.ts";

export { expect } from "@playwright/test";

export const OWNER = { username: "ada", password: "seven quiet green lanterns" } as const;

/** What the browser itself writes for a call that the desk refused with a 4xx, as a test of bad input provokes it. */
export const REFUSED_CALL = /Failed to load resource: the server responded with a status of 4\d\d .* \S+\/trpc\//;

interface WorkerFixtures {
  /** Files that name different desks get different ones, each in a worker of its own. */
  readonly deskName: string;
  /** What the file's desk is run by; the desk itself where null. */
  readonly deskProgram: string | null;
  /** Settings of the file's desk. */
  readonly deskEnv: Readonly<Record<string, string>>;
  /** The recorded day that the file's desk replays, one or many symbols; invented prices where null. */
  readonly tape: Tape | readonly Tape[] | null;
  /** One new desk for the tests of a file, each of which starts where the one before it ended. */
  readonly desk: Desk;
  /** Who was signed in when the last test of the file ended; the next one begins so. */
  readonly session: { cookies: Cookie[] };
}

interface TestFixtures {
  /** What the page may write to its console as an error, each with its reason where it is set. */
  readonly expectedErrors: readonly RegExp[];
  readonly noPageErrors: undefined;
  readonly keepSession: undefined;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  deskName: ["", { scope: "worker", option: true }],
  deskProgram: [null, { scope: "worker", option: true }],
  deskEnv: [{}, { scope: "worker", option: true }],
  tape: [null, { scope: "worker", option: true }],
  desk: [
    async ({ deskEnv, deskProgram, tape }, use) => {
      await using folder = tape === null ? undefined : await writeTape([tape].flat());
      const feed = folder === undefined ? {} : { MARKET_FEED: `replay:${folder.path}` };
      await using desk = await startDesk({
        env: { ...feed, ...deskEnv },
        ...(deskProgram === null ? {} : { program: deskProgram }),
      });
      await use(desk);
    },
    { scope: "worker" },
  ],
  // Playwright reads what a fixture needs from its first parameter.
  // oxlint-disable-next-line no-empty-pattern
  session: [({}, use) => use({ cookies: [] }), { scope: "worker" }],
  baseURL: async ({ desk }, use) => {
    await use(desk.url);
  },
  // Only the cookies: what a page remembers of a person's choices is no test's business but its own.
  storageState: async ({ session }, use) => {
    await use({ cookies: session.cookies, origins: [] });
  },
  keepSession: [
    async ({ context, session }, use) => {
      await use(undefined);
      session.cookies = await context.cookies();
    },
    { auto: true },
  ],
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

/**
 * Opens a screen as the owner: creates them on a new desk, signs in where nobody is. Ends where the screen stands, with
 * its heading.
 */
export async function enter(page: Page, screen = "/"): Promise<void> {
  await page.goto(screen);
  const repeat = page.getByLabel("Repeat the password");
  const signIn = page.getByRole("button", { name: "Sign in", exact: true });
  const desk = page.getByRole("banner");
  await expect(repeat.or(signIn).or(desk)).toBeVisible();
  if (!(await desk.isVisible())) {
    await page.getByLabel("User name").fill(OWNER.username);
    await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
    if (await repeat.isVisible()) {
      await repeat.fill(OWNER.password);
      await page.getByRole("button", { name: "Create account" }).click();
    } else {
      await signIn.click();
    }
  }
  await expect(desk).toBeVisible();
  await expect(page.getByRole("main").getByRole("heading", { level: 1 })).toBeAttached();
}

/** Confirms that it is the owner, unless the desk has a proof of the last five minutes; `done` shows what was asked for. */
export async function confirmIfAsked(page: Page, done: Locator): Promise<void> {
  const confirm = page.getByRole("dialog", { name: "Confirm it is you" });
  await expect(confirm.or(done).first()).toBeVisible();
  if (await confirm.isVisible()) {
    await confirm.getByLabel("Your password, to confirm").fill(OWNER.password);
    await page.keyboard.press("Enter");
  }
  await expect(done).toBeVisible();
}

/** Sends the owner's market order from the instrument's page and waits until it is filled. */
export async function buy(page: Page, symbol: string, quantity: string): Promise<void> {
  await enter(page, `/instruments/${symbol}`);
  const ticket = page.getByRole("form", { name: `Order ticket for ${symbol}` });
  await ticket.getByLabel("Order type").selectOption("market");
  await ticket.getByLabel("Quantity").fill(quantity);
  await page.keyboard.press("Enter");
  const send = ticket.getByRole("button", { name: new RegExp(`Buy ${quantity} ${symbol} · PAPER ···`) });
  await expect(send).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(ticket.getByRole("status").getByText("Filled")).toBeVisible();
}

/**
 * [A11Y] nothing for axe to find, by WCAG 2.2 AA. Its legacy mode spares a second page, which puts the results of frames
 * of other origins together; the desk has none.
 */
export async function expectAccessible(page: Page): Promise<void> {
  expect(page.frames()).toHaveLength(1);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} (${failureSummary})`).join("; ")}`,
    ),
  ).toEqual([]);
}
