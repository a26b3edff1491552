import { createServer, type Server } from "node:http";
import { buy, enter, expect, expectAccessible } from "../fixtures.ts";
import { chooseVenue, connectVenue, test, venueCard } from "../venue.ts";

/** What was refused, and what could not be asked while the broker was away. */
const REFUSED_OR_AWAY =
  /Failed to load resource: the server responded with a status of (?:4\d\d|50[234]) .* \S+\/trpc\//;
test.describe.configure({ mode: "serial" });
test.use({ deskName: "health", expectedErrors: [REFUSED_OR_AWAY] });

interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly bodies: readonly string[];
}

/** Takes what a webhook is sent. */
async function startReceiver(): Promise<Receiver> {
  const bodies: string[] = [];
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      bodies.push(body);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hooks/a-secret-path`,
    bodies,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

test("[HH1] a connection shows its budget, how fast orders were answered, and when it was compared", async ({
  page,
}) => {
  await connectVenue(page);
  await chooseVenue(page);
  await expect(page.getByRole("banner").getByText("Simulator", { exact: true })).toBeVisible();
  await buy(page, "AAPL", "2");
  await expect(page.getByRole("form").getByText("Simulator", { exact: true })).toBeVisible();
  await page.goto("/connections");
  await expect(venueCard(page)).toContainText(/median [\d.,]+ ms, p99 [\d.,]+ ms, of the last 1 order/);
  await expect(venueCard(page)).toContainText(/Compared/);
  await expect(
    venueCard(page)
      .getByRole("meter", { name: /Requests left/ })
      .first(),
  ).toBeVisible();
  await expect(page.getByRole("link", { name: "Connections: All connected" })).toBeVisible();
  await expectAccessible(page);
});

test("[HH2] an outage is told by the pill, the bell and the webhook, and so is its end", async ({ page, venue }) => {
  await using receiver = await startReceiver();
  await enter(page, "/settings");
  await page.getByLabel("Webhook address").fill(receiver.url);
  await page.getByRole("button", { name: "Test and save" }).click();
  await expect(page.getByText("The test was delivered; saved.")).toBeVisible();
  await expect(page.getByText("a-secret-path")).toHaveCount(0);
  expect(receiver.bodies).toHaveLength(1);
  await expectAccessible(page);

  await venue.kill();
  await expect(page.getByRole("link", { name: /^Connections: (1 of 2 |Alpaca: )/ })).toBeVisible({ timeout: 30_000 });
  const bell = page.getByRole("link", { name: /^Alerts: \d+ not acknowledged/ });
  await expect(bell).toBeVisible({ timeout: 45_000 });
  await bell.click();
  const alert = page.getByRole("list", { name: "Alerts" }).getByRole("listitem").filter({ hasText: "Alpaca" }).last();
  await expect(alert).toContainText(/Connection down|Prices silent/);
  await expect(alert).toContainText("Ongoing");
  await expectAccessible(page);
  await alert.getByRole("button", { name: /^Acknowledge/ }).click();
  await expect(alert).toContainText("Acknowledged");

  await venue.restart();
  await expect(alert).toContainText("Recovered", { timeout: 60_000 });
  await expect.poll(() => receiver.bodies.join("\n")).toContain('"event":"recovered"');
  await page.goto("/settings");
  await page.getByRole("button", { name: "Remove the webhook" }).click();
  await expect(page.getByText("Alerts are shown in this page only.")).toBeVisible();
});
