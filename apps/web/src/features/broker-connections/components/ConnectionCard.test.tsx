import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ReadOnlyContext, readOnlyReason } from "../../../lib/readOnly.ts";
import { aConnection } from "../../../testing/builders.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { ConnectionCard } from "./ConnectionCard.tsx";

test.each([true, false])("[UB5] what is not the broker but a simulator says so (%s)", async (isSimulator) => {
  renderDesk(<ConnectionCard connection={aConnection({ isSimulator })} />);
  await screen.findAllByRole("button");
  expect(screen.queryByText("Simulator") !== null).toBe(isSimulator);
});

test.each(["viewer", "trader"] as const)("[UB4] what the desk refuses a %s cannot be pressed", async (role) => {
  renderDesk(
    <ReadOnlyContext value={readOnlyReason(role)}>
      <ConnectionCard connection={aConnection()} />
    </ReadOnlyContext>,
  );
  const buttons = await screen.findAllByRole("button");
  expect(buttons.map((button) => button.textContent)).toEqual(["Disconnect", "Reconnect", "Remove…"]);
  expect(buttons.every((button) => button.hasAttribute("disabled"))).toBe(role === "viewer");
  expect(screen.queryByText("no evidence")).toBeNull();
});

test("[UB6] a card tells what is left of each host's requests, who waits, how fast orders are answered and what differs", async () => {
  const host = { host: "trading", limit: 200, windowMs: 60_000, remaining: 20, resetAt: "2026-11-23T15:00:42.000Z" };
  const status = { budget: [{ ...host, queued: { cancel: 0, order: 2, read: 5 } }] };
  const executionTimes = { count: 100, medianMs: 42.4, p99Ms: 180 };
  renderDesk(<ConnectionCard connection={aConnection({ executionTimes, openDrifts: 2, status })} />);
  const meter = await screen.findByRole("meter", { name: "Requests left, trading" });
  expect(meter.getAttribute("aria-valuetext")).toBe("20 of 200 a minute left");
  expect(screen.getByText("full again in 42 s, waiting: orders 2, reads 5")).toBeDefined();
  expect(screen.getByText("median 42 ms, p99 180 ms, of the last 100 orders")).toBeDefined();
  expect(screen.getByRole("link", { name: "2 open differences" }).getAttribute("href")).toBe(
    "/reconciliation?filter=open",
  );
});

test("[UB7] what was never compared says that orders wait for it, and what was never answered invents no time", async () => {
  renderDesk(<ConnectionCard connection={aConnection({ reconciledAt: null })} />);
  expect((await screen.findByText(/orders wait for it/)).textContent).toContain("not yet");
  expect(screen.getByText("no order was answered yet")).toBeDefined();
  expect(screen.queryByRole("meter")).toBeNull();
});

test("[UB17] market data lines are told where the broker counts them", async () => {
  renderDesk(<ConnectionCard connection={aConnection({ status: { quoteLines: { used: 3, limit: 100 } } })} />);
  expect((await screen.findByText("Market data lines")).nextElementSibling?.textContent).toBe("3 of 100 in use");
});
