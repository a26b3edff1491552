import type { ConnectionView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { summariseConnections } from "./connectionText.ts";
import { credentialsOf, missingFields, startingValues } from "./credentialForm.ts";

const up = { state: "up", lastEvidenceAt: null } as const;
const connection = (
  change: Partial<ConnectionView["status"]>,
  desired: ConnectionView["desired"] = "connected",
): ConnectionView => ({
  id: "c",
  broker: "b",
  brokerName: "B",
  mode: "paper",
  label: "Paper",
  desired,
  status: {
    state: "connected",
    isConnected: true,
    isHealthy: true,
    channels: { session: up, orders: up, data: up, rest: up },
    since: "2026-11-23T15:00:00.000Z",
    error: null,
    ...change,
  },
  credentialHints: {},
  removable: false,
  createdAt: "2026-11-23T15:00:00.000Z",
});

test("[UC1] the pill tells the worst: a mute channel is not called connected, and what is meant to be off is no trouble", () => {
  expect(summariseConnections([connection({})])).toEqual({ label: "Connected", tone: "good" });
  expect(summariseConnections([connection({}), connection({ isHealthy: false })])).toEqual({
    label: "Paper: a channel is mute",
    tone: "warn",
  });
  expect(summariseConnections([connection({ state: "reconnecting", isHealthy: false })])).toEqual({
    label: "Paper: reconnecting",
    tone: "warn",
  });
  expect(
    summariseConnections([connection({}), connection({ state: "disconnected", isHealthy: false }, "disconnected")])
      .tone,
  ).toBe("good");
  expect(summariseConnections([])).toEqual({ label: "Not connected", tone: "quiet" });
});

test("[UC2] a form made from data knows its defaults, what is missing and what to leave out", () => {
  const fields = [
    { name: "keyId", label: "Key", kind: "text", required: true },
    { name: "host", label: "Host", kind: "choice", required: true, choices: [{ value: "local", label: "Local" }] },
    { name: "port", label: "Port", kind: "number", required: false },
  ] satisfies Parameters<typeof startingValues>[0];
  const values = startingValues(fields);
  expect(values).toEqual({ keyId: "", host: "local", port: "" });
  expect([...missingFields(fields, values)]).toEqual(["keyId"]);
  expect(credentialsOf(fields, { ...values, keyId: " AB " })).toEqual({ keyId: "AB", host: "local" });
});
