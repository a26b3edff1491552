import type { Page } from "@playwright/test";
import { enter, expect, expectAccessible, OWNER, REFUSED_CALL, test } from "../fixtures.ts";

test.describe.configure({ mode: "serial" });
// What the desk refuses until it is confirmed is a 4xx.
test.use({ deskName: "passkeys", expectedErrors: [REFUSED_CALL] });

/** A platform authenticator that verifies its person at once, in Chromium itself. */
async function giveAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", automaticPresenceSimulation: true } as const;
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: { ...options, hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
}

test("[PK3] a passkey is added in the settings; it then signs in without a name or a password, and proves who it is", async ({
  page,
  desk,
}) => {
  const local = desk.url.replace("127.0.0.1", "localhost");
  await giveAuthenticator(page);
  await enter(page, `${local}/settings`);
  await page.getByLabel("Name of the passkey").fill("Laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const confirm = page.getByRole("dialog", { name: "Confirm it is you" });
  await confirm.getByLabel("Your password, to confirm").fill(OWNER.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Remove the passkey Laptop" })).toBeVisible();
  const codes = page.getByRole("region", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  await expectAccessible(page);

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Use a passkey" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("User name").fill(OWNER.username);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Code of your app, or a recovery code")).toBeFocused();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("banner")).toBeVisible();

  await page.goto(`${local}/settings`);
  await page.getByRole("button", { name: "Enrol an authenticator app" }).click();
  const proof = confirm.getByRole("button", { name: "Use your passkey" });
  await expect(proof).toBeFocused();
  await expect(confirm.getByLabel("Recovery code")).toBeVisible();
  await expect(confirm.getByLabel(/password/i)).toHaveCount(0);
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(confirm).toHaveCount(0);
  await expect(page.getByRole("img", { name: "QR code of the key" })).toBeVisible();

  await page.getByRole("button", { name: "Remove the passkey Laptop" }).click();
  await expect(page.getByRole("button", { name: "Remove the passkey Laptop" })).toHaveCount(0);
});

test("[PK4] a desk that is open as a number says why it has no passkeys, and under which name it has", async ({
  page,
  desk,
}) => {
  await enter(page, "/settings");
  await page.getByLabel("Name of the passkey").fill("Laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByRole("alert")).toContainText(desk.url.replace("127.0.0.1", "localhost"));
  await expect(page.getByRole("alert")).toContainText("PASSKEYS_UNAVAILABLE");
});
