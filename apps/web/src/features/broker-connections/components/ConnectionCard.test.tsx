import { screen } from "@testing-library/react";
import type { ConnectionView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { ReadOnlyContext, readOnlyReason } from "../../../lib/readOnly.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { ConnectionCard } from "./ConnectionCard.tsx";

const heard = { state: "up", lastEvidenceAt: "2026-11-23T15:00:00.000Z" } as const;
const connection: ConnectionView = {
  id: "connection-1",
  broker: "paper",
  brokerName: "Paper exchange",
  mode: "paper",
  label: "Paper",
  desired: "connected",
  status: {
    state: "connected",
    isConnected: true,
    isHealthy: true,
    channels: { session: heard, orders: heard, data: heard, rest: { state: "unused", lastEvidenceAt: null } },
    since: "2026-11-23T15:00:00.000Z",
    error: null,
  },
  credentialHints: {},
  removable: true,
  createdAt: "2026-11-23T15:00:00.000Z",
};

test.each(["viewer", "trader"] as const)("[UB4] what the desk refuses a %s cannot be pressed", async (role) => {
  renderDesk(
    <ReadOnlyContext value={readOnlyReason(role)}>
      <ConnectionCard connection={connection} />
    </ReadOnlyContext>,
  );
  const buttons = await screen.findAllByRole("button");
  expect(buttons.map((button) => button.textContent)).toEqual(["Disconnect", "Reconnect", "Remove…"]);
  expect(buttons.every((button) => button.hasAttribute("disabled"))).toBe(role === "viewer");
  expect(screen.queryByText("no evidence")).toBeNull();
});
