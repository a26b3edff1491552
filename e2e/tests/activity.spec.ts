import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { buy, enter, expect, expectAccessible, test } from "../fixtures.ts";

test.use({ deskName: "activity" });

const rows = (page: Page) => page.getByRole("table", { name: "Activity" }).getByRole("row");

test("[AC1] the log is narrowed by subject, person, mode and day, and the address keeps it", async ({ page }) => {
  await buy(page, "AAPL", "3");
  await enter(page, "/activity");
  await expect(page.getByText("session.started").or(page.getByText("desk.set_up")).first()).toBeVisible();
  await page.getByLabel("About").selectOption({ label: "Orders" });
  await expect(page).toHaveURL(/action=order\./);
  await expect(page.getByText("order.filled").first()).toBeVisible();
  await expect(page.getByText("desk.set_up")).toHaveCount(0);

  await page.getByLabel("Person").fill("the desk");
  await page.getByLabel("Person").press("Enter");
  await expect(page.getByText("order.placed", { exact: true })).toHaveCount(0);
  await expect(page.getByText("order.filled").first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Person")).toHaveValue("the desk");
  await expect(page.getByText("order.filled").first()).toBeVisible();

  await page.getByLabel("Mode", { exact: true }).selectOption("live");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.getByRole("button", { name: "Show everything" }).click();
  await expect(page).not.toHaveURL(/action=/);
  await expect(page.getByText("order.placed", { exact: true }).first()).toBeVisible();
  await page.getByLabel("First day").fill("2099-01-01");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.getByLabel("First day").fill("");
  await expect(rows(page).first()).toBeVisible();
  await expectAccessible(page);
});

test("[AC2] an entry leads to the order that it tells of", async ({ page }) => {
  await enter(page, "/activity?action=order.");
  await page.getByRole("link", { name: "Order", exact: true }).first().click();
  await expect(page).toHaveURL(/\/orders\/.+/);
  await expect(page.getByRole("main").getByText("AAPL").first()).toBeVisible();
});

test("[AC3] what is shown can be saved, and no cell of the table is a formula", async ({ page }) => {
  await enter(page, "/activity?action=order.");
  const csv = await save(page, "Export CSV");
  expect(csv.name).toBe("activity.csv");
  expect(csv.text.split("\r\n")[0]).toBe(
    '"at","action","username","mode","message","subject","details","chain","sequence","hash"',
  );
  expect(csv.text).toContain('"order.placed","ada","paper"');
  expect(csv.text).not.toMatch(/(^|,)"[=+\-@\t\r]/m);
  expect(csv.text).not.toContain("desk.set_up");
  const { text } = await save(page, "Export JSONL");
  const entries = text
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(entries.length).toBe(csv.text.trim().split("\r\n").length - 1);
  await expect(page.getByText(`Saved ${entries.length} entries.`)).toBeVisible();
});

test("[AC4] the whole log holds against its signed checkpoints", async ({ page }) => {
  await enter(page, "/activity");
  await page.getByRole("button", { name: "Verify the log" }).click();
  await expect(page.getByText(/entries are as they were written/)).toBeVisible();
});

async function save(page: Page, button: string) {
  const [download]: [Download, void] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}
