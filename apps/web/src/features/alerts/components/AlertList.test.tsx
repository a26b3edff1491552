import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { ReadOnlyContext } from "../../../lib/readOnly.ts";
import { anAlert } from "../../../testing/builders.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { AlertList } from "./AlertList.tsx";

const page = (...alerts: readonly unknown[]) => ({ alerts, nextCursor: null });

test("[UV4] an alert shows its failure, its recovery, and where to look", async () => {
  renderDesk(<AlertList filter="all" />, {
    "alerts.list": () =>
      page(
        anAlert({ id: "1", recoveredAt: "2026-11-23T15:12:30.000Z" }),
        anAlert({ id: "2", kind: "order_unknown", subject: "order-7", message: "What became of it is not known." }),
      ),
  });
  expect((await screen.findByText(/^Recovered/)).textContent).toContain("after 12 min");
  expect(screen.getByText("Ongoing")).toBeDefined();
  expect(screen.getByRole("link", { name: "Connections" })).toBeDefined();
  expect(screen.getByRole("link", { name: "The order" }).getAttribute("href")).toBe("/orders/order-7");
});

test("[UV5] acknowledging one asks for that one, and the list then says when", async () => {
  const asked: unknown[] = [];
  renderDesk(<AlertList filter="all" />, {
    "alerts.list": () => page(asked.length === 0 ? anAlert() : anAlert({ acknowledgedAt: "2026-11-23T15:05:00.000Z" })),
    "alerts.acknowledge": (input) => {
      asked.push(input);
      return anAlert();
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: /^Acknowledge: Connection down/ }));
  await waitFor(() => expect(screen.getByText(/^Acknowledged/)).toBeDefined());
  expect(asked).toEqual([{ alertId: "alert-1" }]);
});

test("[UV6] who may change nothing cannot acknowledge", async () => {
  renderDesk(
    <ReadOnlyContext value="A viewer changes nothing.">
      <AlertList filter="all" />
    </ReadOnlyContext>,
    { "alerts.list": () => page(anAlert()) },
  );
  expect((await screen.findByRole("button", { name: /^Acknowledge/ })).hasAttribute("disabled")).toBe(true);
});
