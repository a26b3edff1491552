import { enter, expect, expectAccessible, REFUSED_CALL, test } from "../fixtures.ts";
import { risingTape } from "../tape.ts";

test.use({
  deskName: "closedMarket",
  // Twenty minutes before the opening.
  tape: risingTape("AAPL", "09:00", "10:00", 1_000),
  deskEnv: { MARKET_START: "09:10" },
  expectedErrors: [REFUSED_CALL],
});

test("[C1] before the opening the desk says so, refuses a market order and keeps what was typed", async ({ page }) => {
  await enter(page);
  await expect(page.getByRole("region", { name: "Market" }).getByText("Pre-market")).toBeVisible();
  await page.goto("/instruments/AAPL");
  const ticket = page.getByRole("form", { name: "Order ticket for AAPL" });
  await ticket.getByLabel("Quantity").fill("5");
  await expect(ticket.getByText(/Market is closed/).first()).toBeVisible();
  await ticket.getByRole("button", { name: "Review order" }).click();
  await ticket.getByRole("button", { name: /Buy 5 AAPL/ }).click();
  const refusal = ticket.getByRole("alert");
  await expect(refusal.getByText("MARKET_CLOSED")).toBeVisible();
  await expect(refusal).toContainText("place a limit order that rests until it opens");
  await expect(ticket.getByLabel("Quantity")).toHaveValue("5");
  await expectAccessible(page);
});
