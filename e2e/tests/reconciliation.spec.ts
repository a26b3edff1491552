import { enter, expect, expectAccessible, REFUSED_CALL } from "../fixtures.ts";
import { connectVenue, test, venueCard } from "../venue.ts";

test.describe.configure({ mode: "serial" });
test.use({ deskName: "reconciliation", expectedErrors: [REFUSED_CALL] });

test("[HR1] an order that was placed elsewhere while the desk was away is told of, with its cause and its evidence", async ({
  page,
  venue,
}) => {
  await connectVenue(page);
  await page.getByRole("button", { name: "Disconnect Alpaca · PAPER" }).click();
  await expect(venueCard(page).getByText("Disconnected", { exact: true })).toBeVisible();
  await venue.placeOrder({
    symbol: "AAPL",
    qty: "1",
    side: "buy",
    type: "limit",
    limit_price: "5",
    time_in_force: "gtc",
  });
  await page.getByRole("button", { name: "Connect Alpaca · PAPER" }).click();
  await expect(venueCard(page).getByText("Connected", { exact: true })).toBeVisible();

  await venueCard(page)
    .getByRole("link", { name: /difference/ })
    .click();
  await expect(page).toHaveURL(/\/reconciliation/);
  const found = page.getByRole("list", { name: "Differences" }).getByRole("listitem");
  const external = found.filter({ hasText: "Order placed elsewhere" });
  await expect(external).toContainText("AAPL");
  await expect(external).toContainText("Resolved");
  await expect(external).toContainText("Placed elsewhere");
  await external.getByText("Evidence", { exact: true }).click();
  await expect(external.getByRole("term").filter({ hasText: "Asked at" })).toBeVisible();
  await expectAccessible(page);
  await external.getByRole("link", { name: "The order" }).click();
  await expect(page).toHaveURL(/\/orders\/./);
});

test("[HR2] everything is compared on demand, and the list is filtered by what still waits", async ({ page }) => {
  await enter(page, "/reconciliation");
  const connections = page.getByRole("list", { name: "Connections" }).getByRole("listitem");
  const alpaca = connections.filter({ hasText: "Alpaca" });
  await expect(alpaca).toContainText(/compared \d+ s ago/);
  await alpaca.getByRole("button", { name: "Compare now: Alpaca · PAPER" }).click();
  await expect(alpaca.getByRole("button", { name: "Compare now: Alpaca · PAPER" })).toBeEnabled();
  await expect(alpaca).toContainText(/compared [0-3] s ago/);

  await page.getByText("Open", { exact: true }).click();
  await expect(page).toHaveURL(/filter=open/);
  await expect(page.getByText("No difference waits for a person")).toBeVisible();
  await page.getByText("Resolved", { exact: true }).first().click();
  await expect(page.getByRole("list", { name: "Differences" })).toContainText("Order placed elsewhere");
});
