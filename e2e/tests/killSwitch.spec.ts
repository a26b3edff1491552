import type { Page } from "@playwright/test";
import { buy, confirmIfAsked, enter, expect, expectAccessible, OWNER, REFUSED_CALL, test } from "../fixtures.ts";

test.describe.configure({ mode: "serial" });
test.use({ deskName: "killSwitch", expectedErrors: [REFUSED_CALL] });

const band = (page: Page) => page.getByRole("region", { name: "Trading state" });
const halt = (page: Page) => page.getByRole("banner").getByRole("button", { name: /^Halt all trading/ });
const row = (page: Page, symbol: string) => page.getByRole("row").filter({ hasText: symbol });

/** A limit order that rests 5 % below the market. */
async function rest(page: Page, symbol: string): Promise<void> {
  await enter(page, `/instruments/${symbol}`);
  const ticket = page.getByRole("form", { name: `Order ticket for ${symbol}` });
  await ticket.getByLabel("Order type").selectOption("limit");
  await ticket.getByLabel("Quantity").fill("2");
  const price = ticket.getByLabel("Limit price");
  await expect(price).toHaveAttribute("placeholder", /\d/);
  await price.fill((Number(await price.getAttribute("placeholder")) * 0.95).toFixed(2));
  await page.keyboard.press("Enter");
  await ticket.getByRole("button", { name: new RegExp(`Buy 2 ${symbol}`) }).click();
  await expect(ticket.getByRole("status").getByText("Working", { exact: true })).toBeVisible();
}

test("[HK1] a press that is let go, or given up with Escape, halts nothing; a short one asks", async ({ page }) => {
  await page.clock.install();
  await buy(page, "AAPL", "3");
  await rest(page, "MSFT");
  await halt(page).hover();
  // The page's time stands still, or a busy machine would hold the button long enough to halt.
  await page.clock.pauseAt(Date.now() + 1_000);
  await page.mouse.down();
  await page.clock.runFor(500);
  await expect(halt(page)).toContainText(/0\.\d s/);
  await page.keyboard.press("Escape");
  await expect(halt(page)).not.toContainText(/0\.\d s/);
  await page.mouse.up();
  await page.clock.resume();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await halt(page).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Halt all trading?" });
  await expect(dialog.getByLabel("Reason (optional)")).toBeFocused();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Go on trading" }).click();
  await expect(band(page)).toHaveCount(0);
  await page.goto("/orders");
  await expect(row(page, "MSFT").getByText("Working")).toBeVisible();
});

test("[HK2] held by the keyboard it halts: every screen says so, the broker has confirmed, the order is cancelled", async ({
  page,
}) => {
  await enter(page, "/orders");
  await halt(page).focus();
  await page.keyboard.down("Space");
  await expect(band(page)).toBeVisible();
  await page.keyboard.up("Space");
  await expect(band(page).getByText("HALTED")).toBeVisible();
  await expect(band(page)).toContainText(`by ${OWNER.username}`);
  await expect(band(page)).toContainText("The broker confirms that no order is open");
  await expect(row(page, "MSFT").getByText("Canceled", { exact: true })).toBeVisible();

  for (const screen of ["/", "/instruments/AAPL", "/connections", "/settings", "/risk"]) {
    await page.goto(screen);
    await expect(band(page).getByText("HALTED")).toBeVisible();
  }
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(halt(page)).toBeInViewport();
  await expectAccessible(page);
});

test("[HK3] while it is halted the ticket says that no order passes", async ({ page }) => {
  await enter(page, "/instruments/AAPL");
  const ticket = page.getByRole("form", { name: "Order ticket for AAPL" });
  await ticket.getByLabel("Order type").selectOption("market");
  await ticket.getByLabel("Quantity").fill("1");
  await expect(ticket.getByRole("status", { name: "Objections" })).toContainText(/halted/i);
});

test("[HK4] flatten lists what it closes, wants a proof of the person, closes it and leaves trading reducing", async ({
  page,
}) => {
  await enter(page, "/risk");
  await page.getByRole("button", { name: "Flatten…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("list", { name: "What will be closed" })).toContainText("Sell 3 AAPL");
  await expectAccessible(page);
  await expect(page.getByLabel(/password/i)).toHaveCount(0);
  await dialog.getByRole("button", { name: "Close all positions" }).click();
  const confirm = page.getByRole("dialog", { name: "Confirm it is you" });
  const password = confirm.getByLabel("Your password, to confirm");
  await password.fill("not the password at all");
  await page.keyboard.press("Enter");
  await expect(password).toHaveAttribute("aria-invalid", "true");
  await password.fill(OWNER.password);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "AAPL: the closing order" }).click();
  await expect(page.getByText(/Filled 3 of 3/).first()).toBeVisible();
  await expect(band(page).getByText("REDUCING")).toBeVisible();
  await page.goto("/positions");
  await expect(page.getByRole("link", { name: "AAPL" })).toHaveCount(0);
});

test("[HK5] resuming wants a proof of the person; then orders pass again and no band is left", async ({ page }) => {
  await enter(page, "/risk");
  await page.getByRole("button", { name: "Resume…" }).click();
  const dialog = page.getByRole("dialog", { name: "Resume trading" });
  await dialog.getByRole("button", { name: "Resume to active" }).click();
  const state = page.getByRole("main").getByText("Active", { exact: true });
  // The dialog, while it closes, has a choice of the same name.
  await confirmIfAsked(page, state.and(page.getByRole("strong")));
  await expect(band(page)).toHaveCount(0);
  await buy(page, "AAPL", "1");
});

test("[HK6] a limit is raised for a time only, with a proof of the person, and ended; a symbol is blocked and refused by name", async ({
  page,
}) => {
  await enter(page, "/risk");
  await page.getByLabel("Largest order value ($)").fill("900000");
  await page.getByRole("button", { name: "Save limits" }).click();
  await expect(page.getByLabel("Largest order value ($)")).toHaveAttribute("aria-invalid", "true");

  await page.getByRole("button", { name: "Raise a limit for a time…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Raise to").fill("900000");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Raise it" }).click();
  const raises = page.getByRole("list", { name: "Raised limits" });
  await confirmIfAsked(page, raises);
  await expect(raises).toContainText(/Largest order value: \$900,000/);
  await expect(raises).toContainText(/Ends in (29|30) min/);
  await expectAccessible(page);
  await raises.getByRole("button", { name: /^End now/ }).click();
  await expect(page.getByText("No limit is raised.")).toBeVisible();

  await page.getByRole("button", { name: "Limit a symbol…" }).click();
  await dialog.getByLabel("Symbol").fill("tsla");
  await dialog.getByLabel(/^Blocked/).check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("list", { name: "Symbol limits" })).toContainText("TSLA");
  await page.goto("/instruments/TSLA");
  const ticket = page.getByRole("form", { name: "Order ticket for TSLA" });
  await ticket.getByLabel("Order type").selectOption("market");
  await ticket.getByLabel("Quantity").fill("1");
  await expect(ticket.getByText(/TSLA.*blocked|blocked.*TSLA/i).first()).toBeVisible();
});
