import { enter, expect, expectAccessible, OWNER, REFUSED_CALL, test } from "../fixtures.ts";
import { totpCode } from "../totpCode.ts";

test.describe.configure({ mode: "serial" });
// What the desk refuses until it is confirmed, or until the code comes, is a 4xx.
test.use({ deskName: "people", expectedErrors: [REFUSED_CALL] });

const PASSWORD = "another seven quiet lanterns";
let key = "";
let recoveryCode = "";
let moreCodes: string[] = [];

test("[P1] an invited person chooses a name and a password, and a viewer sees but does not trade", async ({
  page,
  browser,
  desk,
}) => {
  await enter(page, "/settings");
  await page.getByLabel("Role", { exact: true }).selectOption({ label: "Viewer (sees, cannot trade)" });
  await page.getByRole("button", { name: "Make an invitation" }).click();
  const link = await page.getByLabel("Link for one person").inputValue();
  expect(link).toContain(`${desk.url}/join#`);
  await expectAccessible(page);

  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByRole("heading", { name: "Join this desk" })).toBeVisible();
  await expectAccessible(other);
  await other.getByLabel("User name").fill("grace");
  await other.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await other.getByLabel("Repeat the password").fill(PASSWORD);
  await other.keyboard.press("Enter");
  await expect(other.getByRole("heading", { level: 1 })).not.toHaveText(/Join|Sign in/);
  await other.goto("/instruments/AAPL");
  await expect(other.getByText("A viewer sees the desk and does not trade")).toBeVisible();

  await page.reload();
  await page.getByRole("button", { name: "Remove grace" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove grace" }).click();
  await expect(page.getByRole("button", { name: "Remove grace" })).toHaveCount(0);
  await expect(other.getByRole("dialog", { name: "Your session has ended" })).toBeVisible();
  await context.close();
});

test("[P2] an app is enrolled after a proof that it is you, and its recovery codes are shown", async ({ page }) => {
  await enter(page, "/settings");
  await page.getByRole("button", { name: "Enrol an authenticator app" }).click();
  const confirm = page.getByRole("dialog", { name: "Confirm it is you" });
  await expectAccessible(page);
  await confirm.getByLabel("Your password, to confirm").fill(OWNER.password);
  await page.keyboard.press("Enter");
  await expect(confirm).toHaveCount(0);
  await expect(page.getByRole("img", { name: "QR code of the key" })).toBeVisible();
  key = await page.getByText(/^Key:/).locator("code").innerText();
  await page.getByLabel("Code that the app shows").fill(totpCode(key, Date.now()));
  await page.getByRole("button", { name: "Confirm the app" }).click();
  const codes = page.getByRole("region", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  [recoveryCode = "", ...moreCodes] = await codes.allInnerTexts();
  await expectAccessible(page);
});

test("[P3] from then on a code is wanted to sign in; the next one and a recovery code each open the desk", async ({
  browser,
}) => {
  for (const code of [totpCode(key, Date.now(), 1), recoveryCode]) {
    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    const page = await context.newPage();
    await page.goto("/");
    await page.getByLabel("User name").fill(OWNER.username);
    await page.getByLabel("Password").fill(OWNER.password);
    await page.keyboard.press("Enter");
    const field = page.getByLabel("Code of your app, or a recovery code");
    await expect(field).toBeFocused();
    await expectAccessible(page);
    await field.fill(code);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Sign in" })).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await context.close();
  }
});

test("[KR6] who has an app is asked for a code where a proof is wanted, and never for the password; it holds", async ({
  browser,
}) => {
  const [forSignIn = "", forProof = ""] = moreCodes;
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto("/risk");
  await page.getByLabel("User name").fill(OWNER.username);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.keyboard.press("Enter");
  await page.getByLabel("Code of your app, or a recovery code").fill(forSignIn);
  await page.keyboard.press("Enter");
  for (const isAsked of [true, false]) {
    await page.getByRole("button", { name: "Flatten…" }).click();
    const dialog = page.getByRole("dialog", { name: "Flatten all positions?" });
    await dialog.getByRole("button", { name: "Close all positions" }).click();
    const confirm = page.getByRole("dialog", { name: "Confirm it is you" });
    if (isAsked) {
      await expect(confirm.getByLabel(/password/i)).toHaveCount(0);
      const code = confirm.getByLabel("Code of your app, or a recovery code");
      await code.fill("000000");
      await page.keyboard.press("Enter");
      await expect(code).toHaveAttribute("aria-invalid", "true");
      await expectAccessible(page);
      await code.fill(forProof);
      await page.keyboard.press("Enter");
    }
    const result = page.getByRole("dialog", { name: "Flatten: what came of it" });
    await expect(result).toBeVisible();
    await expect(confirm).toHaveCount(0);
    await result.getByRole("button", { name: "Done" }).click();
  }
  await context.close();
});
