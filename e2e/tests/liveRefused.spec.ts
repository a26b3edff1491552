import { enter, expect, expectAccessible, test } from "../fixtures.ts";

test.use({ deskName: "liveRefused" });

test("[LV8] a desk that may not trade real money shows it, cannot be brought to choose it, and says why and what to do", async ({
  page,
}) => {
  await enter(page, "/connections");
  await page.getByRole("button", { name: "Add Alpaca" }).click();
  const dialog = page.getByRole("dialog", { name: "Connect Alpaca" });
  await expect(dialog.getByRole("radio", { name: "LIVE" })).toBeDisabled();
  await expect(dialog.getByText(/LIVE is not to be had here\..*LIVE_UNAVAILABLE/)).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: test.info().outputPath("refused.png") });
});
