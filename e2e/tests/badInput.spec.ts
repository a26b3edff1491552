import type { Page } from "@playwright/test";
import { buy, confirmIfAsked, enter, expect, expectAccessible, OWNER, REFUSED_CALL, test } from "../fixtures.ts";

test.describe.configure({ mode: "serial" });
test.use({ deskName: "badInput", expectedErrors: [REFUSED_CALL] });

async function openTicket(page: Page, symbol: string) {
  await enter(page, `/instruments/${symbol}`);
  const ticket = page.getByRole("form", { name: `Order ticket for ${symbol}` });
  await expect(ticket).toBeVisible();
  return ticket;
}

test("[B1] a short password is refused beside its field, and what was typed stays", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("User name").fill(OWNER.username);
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByLabel("Repeat the password").fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  const password = page.getByLabel("Password", { exact: true });
  await expect(password).toHaveAttribute("aria-invalid", "true");
  await expect(password).toHaveAccessibleDescription(/At least 12 characters; it has 5\./);
  await expect(page.getByLabel("User name")).toHaveAttribute("aria-invalid", "false");
  await expect(page.getByLabel("User name")).toHaveValue(OWNER.username);
  await enter(page);
});

test("[B2] a wrong password is refused with a code and what to do", async ({ page, context }) => {
  await context.clearCookies();
  await page.goto("/");
  await page.getByLabel("User name").fill(OWNER.username);
  await page.getByLabel("Password", { exact: true }).fill("not the password at all");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").getByText("BAD_CREDENTIALS")).toBeVisible();
  await expectAccessible(page);
});

test("[B3] a malformed quantity does not get as far as a review", async ({ page }) => {
  const ticket = await openTicket(page, "AAPL");
  for (const quantity of ["", "0", "1.0000000001"]) {
    await ticket.getByLabel("Quantity").fill(quantity);
    await ticket.getByRole("button", { name: /Review/ }).click();
    await expect(ticket.getByRole("textbox", { name: "Quantity" })).toHaveAttribute("aria-invalid", "true");
  }
});

test("[B4] an order beyond the position limit says by how much, and is not sent", async ({ page }) => {
  const ticket = await openTicket(page, "AAPL");
  await ticket.getByLabel("Quantity").fill("1000");
  await expect(ticket.getByText(/Position size exceeds limit/).first()).toBeVisible();
  await ticket.getByRole("button", { name: "Review order" }).click();
  await ticket.getByRole("button", { name: /Buy 1,?000 AAPL/ }).click();
  await expect(ticket.getByText(/Position size exceeds limit/).first()).toBeVisible();
  await expect(ticket.getByRole("button", { name: /Review again/ })).toBeVisible();
  await expectAccessible(page);
});

test("[B5] an unknown symbol says so", async ({ page }) => {
  await enter(page, "/instruments/NOPE");
  await expect(page.getByText("SYMBOL_NOT_FOUND").first()).toBeVisible();
  await expectAccessible(page);
});

test("[B6] a session that ends in the middle of an order loses nothing: sign in over it and send", async ({
  page,
  context,
}) => {
  const ticket = await openTicket(page, "KO");
  await ticket.getByLabel("Quantity").fill("3");
  await ticket.getByRole("button", { name: "Review order" }).click();
  await context.clearCookies();
  await ticket.getByRole("button", { name: /Buy 3 KO/ }).click();
  const dialog = page.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("Password").fill(OWNER.password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  await expect(ticket.getByLabel("Quantity")).toHaveValue("3");
  await ticket.getByRole("button", { name: /Buy 3 KO/ }).click();
  await expect(ticket.getByRole("status").getByText(/Filled|Partly filled/)).toBeVisible();

  await page.goto("/orders?filter=all");
  await expect(page.getByRole("link", { name: "Buy 3 KO" })).toHaveCount(1);
});

test("[B8] a name that is taken is refused with its code, and what was typed stays", async ({ page }) => {
  await enter(page, "/settings");
  await page.getByRole("button", { name: "Make an invitation" }).click();
  await page.goto(await page.getByLabel("Link for one person").inputValue());
  await page.getByLabel("User name").fill(OWNER.username);
  await page.getByLabel("Password", { exact: true }).fill("another seven quiet lanterns");
  await page.getByLabel("Repeat the password").fill("another seven quiet lanterns");
  await page.getByRole("button", { name: "Join" }).click();
  const notice = page.getByRole("alert");
  await expect(notice.getByText("NAME_TAKEN")).toBeVisible();
  await expect(notice).toContainText(OWNER.username);
  await expect(page.getByLabel("User name")).toHaveValue(OWNER.username);
  await expectAccessible(page);
});

test("[B9] an order that the buying power does not reach says what it needs and what there is", async ({ page }) => {
  await enter(page, "/risk");
  for (const [limit, value] of [
    ["Largest order value ($)", "900000"],
    ["Largest position (% of equity)", "900"],
    ["Largest exposure (% of equity)", "900"],
  ] as const) {
    await page.getByRole("button", { name: "Raise a limit for a time…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Limit", { exact: true }).selectOption({ label: limit });
    await dialog.getByLabel("Raise to").fill(value);
    await dialog.getByRole("button", { name: "Raise it" }).click();
    await confirmIfAsked(page, page.getByRole("list", { name: "Raised limits" }));
    await expect(dialog).toHaveCount(0);
  }

  const ticket = await openTicket(page, "AAPL");
  await ticket.getByLabel("Quantity").fill("1500");
  await expect(ticket.getByText(/Insufficient funds: .*\d/).first()).toBeVisible();
  await ticket.getByRole("button", { name: "Review order" }).click();
  await ticket.getByRole("button", { name: /Buy 1,?500 AAPL/ }).click();
  const refusal = ticket.getByRole("alert");
  await expect(refusal.getByText("INSUFFICIENT_FUNDS")).toBeVisible();
  await expect(refusal).toContainText(/Insufficient funds: .*\d/);
  await expect(ticket.getByLabel("Quantity")).toHaveValue(/1,?500/);
  await expectAccessible(page);
  await buy(page, "AAPL", "1");
});

test("[B7] a socket that has gone mute is called stale within seconds, and nothing pretends to stream", async ({
  page,
}) => {
  let mute = false;
  await page.routeWebSocket(/\/trpc/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      if (!mute) socket.send(message);
    });
  });
  await enter(page);
  const watchlist = page.getByRole("region", { name: "Watchlist" });
  await expect(watchlist.getByText("Streaming").first()).toBeAttached();
  mute = true;
  await expect(watchlist.getByText("Stale").first()).toBeVisible();
  await expect(watchlist.getByText("Streaming")).toHaveCount(0, { timeout: 15_000 });
});
