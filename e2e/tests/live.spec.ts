import type { Page } from "@playwright/test";
import { enter, expect, expectAccessible, OWNER, REFUSED_CALL, test } from "../fixtures.ts";
import { totpCode } from "../totpCode.ts";

test.describe.configure({ mode: "serial" });
// What the desk refuses until it is confirmed is a 4xx.
test.use({ deskName: "live", deskProgram: "src/testing/liveDeskMain.ts", expectedErrors: [REFUSED_CALL] });

let key = "";

const confirm = (page: Page) => page.getByRole("dialog", { name: "Confirm it is you" });
const band = (page: Page) => page.getByRole("region", { name: /^Live trading, Real/ });
const ticket = (page: Page) => page.getByRole("form", { name: "Order ticket for AAPL" });

async function choose(page: Page, name: string): Promise<void> {
  const account = page.getByRole("combobox", { name: "Account", exact: true });
  const value = await account.locator("option").filter({ hasText: name }).getAttribute("value");
  await account.selectOption(value);
  // The instrument is read anew, of the other account's broker.
  await expect(ticket(page)).toBeVisible();
}

test("[LV5] real money is chosen in words and colour of its own, and wants a proof of the person before its broker is asked", async ({
  page,
}) => {
  await enter(page, "/settings");
  await page.getByRole("button", { name: "Enrol an authenticator app" }).click();
  await confirm(page).getByLabel("Your password, to confirm").fill(OWNER.password);
  await page.keyboard.press("Enter");
  key = await page.getByText(/^Key:/).locator("code").innerText();
  await page.getByLabel("Code that the app shows").fill(totpCode(key, Date.now()));
  await page.getByRole("button", { name: "Confirm the app" }).click();
  await expect(page.getByRole("region", { name: "Recovery codes" }).getByRole("listitem")).toHaveCount(10);

  await enter(page, "/connections");
  await page.getByRole("button", { name: "Add Alpaca" }).click();
  const dialog = page.getByRole("dialog", { name: "Connect Alpaca" });
  await expect(dialog.getByRole("note")).toHaveCount(0);
  await dialog.getByText("LIVE", { exact: true }).click();
  await expect(dialog.getByRole("note")).toContainText("takes no order before you arm the account");
  await expectAccessible(page);
  await page.screenshot({ path: test.info().outputPath("add-live.png") });
  await dialog.getByLabel("Name on this desk").fill("Real");
  await dialog.getByRole("button", { name: "Test and save" }).click();
  await expect(page.getByRole("article", { name: "Real · LIVE" })).toBeVisible();
});

test("[LV6] disarmed, the screen says that no order goes, and the desk takes none", async ({ page }) => {
  await enter(page, "/instruments/AAPL");
  await expect(page).toHaveTitle(/PAPER/);
  await expect(band(page)).toHaveCount(0);
  await page.screenshot({ path: test.info().outputPath("paper.png") });
  await choose(page, "Real");
  await expect(page).toHaveTitle(/LIVE/);
  await expect(band(page)).toContainText("Disarmed: no order goes. Cancels pass.");
  await expectAccessible(page);
  await page.screenshot({ path: test.info().outputPath("disarmed.png") });
  await ticket(page).getByLabel("Order type").selectOption("market");
  await ticket(page).getByLabel("Quantity").fill("1");
  await expect(
    ticket(page)
      .getByText(/Live trading is not armed/)
      .first(),
  ).toBeVisible();
  await expect(ticket(page).getByRole("button", { name: /PAPER/ })).toHaveCount(0);
});

test("[LV7] arming wants the limits, the end of the account's number and a code; armed, it says so until it is disarmed", async ({
  page,
}) => {
  await enter(page, "/instruments/AAPL");
  await choose(page, "Real");
  await band(page)
    .getByRole("button", { name: /^Arm Real/ })
    .click();
  const dialog = page.getByRole("dialog", { name: "Arm live trading: Real" });
  const arm = dialog.getByRole("button", { name: /^Arm Real · LIVE ···/ });
  await expect(arm).toBeDisabled();
  await expect(dialog.getByRole("button", { name: "Stay disarmed" })).toBeFocused();
  await dialog.getByLabel("These limits are right for real money").check();
  const suffix = /···(\w{4})/.exec(await arm.innerText())?.[1] ?? "";
  await dialog.getByLabel("Last 4 characters of the account's number").fill(suffix);
  await expectAccessible(page);
  await page.screenshot({ path: test.info().outputPath("arming.png") });
  await arm.click();
  const armed = band(page).getByText("ARMED", { exact: true });
  await expect(confirm(page).or(armed).first()).toBeVisible();
  if (await confirm(page).isVisible()) {
    await confirm(page)
      .getByLabel(/code/i)
      .fill(totpCode(key, Date.now(), 1));
    await page.keyboard.press("Enter");
  }
  await expect(armed).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: test.info().outputPath("armed.png") });
  // Chosen away, real money that is armed stays on screen.
  await choose(page, "Paper");
  await expect(page).toHaveTitle(/PAPER/);
  await expect(armed).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("armed-on-paper.png") });
  await band(page)
    .getByRole("button", { name: /^Disarm Real/ })
    .click();
  await expect(band(page)).toHaveCount(0);
});
