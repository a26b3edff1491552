import { buy, enter, expect, expectAccessible, test } from "../fixtures.ts";

test.describe.configure({ mode: "serial" });
test.use({ deskName: "accessibility" });

const SCREENS = [
  "/",
  "/watchlist",
  "/instruments/AAPL",
  "/orders?filter=all",
  "/positions",
  "/connections",
  "/reconciliation",
  "/alerts",
  "/risk",
  "/activity",
  "/system",
  "/settings",
] as const;
const THEMES = ["dark", "light"] as const;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
] as const;

test("[A0] the tables of the screens below have something in them", async ({ page }) => {
  await buy(page, "AAPL", "3");
});

for (const size of SIZES) {
  test(`[A1] axe finds nothing on any screen, dark or light, ${size.width} wide, and none scrolls sideways`, async ({
    page,
  }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: THEMES[0], reducedMotion: "reduce" });
    await page.setViewportSize(size);
    for (const screen of SCREENS) {
      await enter(page, screen);
      await page.waitForLoadState("networkidle");
      for (const theme of THEMES) {
        await test.step(`${screen}, ${theme}`, async () => {
          await page.emulateMedia({ colorScheme: theme });
          await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
          await expectAccessible(page);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow).toBeLessThanOrEqual(0);
        });
      }
    }
  });
}

test("[A2] a page can be left and the desk crossed by keyboard alone", async ({ page }) => {
  await enter(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: /skip/i })).toBeFocused();
  for (const [keys, path] of [
    ["gw", "/watchlist"],
    ["go", "/orders"],
    ["gp", "/positions"],
    ["gd", "/"],
  ] as const) {
    await page.locator("body").click({ position: { x: 1, y: 1 } });
    for (const key of keys) await page.keyboard.press(key);
    await expect(page).toHaveURL(new RegExp(`${path}(\\?.*)?$`));
  }
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
});
