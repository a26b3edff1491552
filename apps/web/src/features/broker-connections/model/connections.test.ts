import { fieldsOfMode } from "@trenddojo/brokers/domain";
import type { ConnectionView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { aConnection } from "../../../testing/builders.ts";
import { evidenceText, summariseConnections } from "./connectionText.ts";
import { credentialsOf, missingFields, startingValues } from "./credentialForm.ts";

const AT = "2026-11-23T15:00:00.000Z";
const NOW = Date.parse(AT) + 20_000;
const up = { state: "up", lastEvidenceAt: AT } as const;
const channels = { session: up, orders: up, data: up, rest: up };
const connection = (
  status: Partial<ConnectionView["status"]>,
  desired: ConnectionView["desired"] = "connected",
): ConnectionView => aConnection({ desired, status });
const summary = (...connections: readonly ConnectionView[]) => summariseConnections(connections, NOW);
const mute = connection({ isHealthy: false, channels: { ...channels, data: { state: "mute", lastEvidenceAt: AT } } });
const reconnecting = connection({ state: "reconnecting", isConnected: false, isHealthy: false });

test("[UC1] the pill tells the worst in words: how long a channel is silent, how many reconnect", () => {
  expect(summary(connection({}))).toEqual({ label: "Connected", tone: "good" });
  expect(summary(connection({}), connection({}))).toEqual({ label: "All connected", tone: "good" });
  expect(summary(connection({}), mute)).toEqual({ label: "Paper: prices silent for 20 s", tone: "warn" });
  expect(summary(reconnecting)).toEqual({ label: "Paper: reconnecting", tone: "warn" });
  expect(summary(mute, reconnecting, connection({}))).toEqual({ label: "1 of 3 reconnecting", tone: "warn" });
});

test("[UC5] a channel that is down is named, and a wanted connection that is away is no quiet matter", () => {
  const down = { state: "down", lastEvidenceAt: null } as const;
  expect(summary(connection({ state: "degraded", isHealthy: false, channels: { ...channels, orders: down } }))).toEqual(
    { label: "Paper: order stream down", tone: "warn" },
  );
  expect(summary(connection({ state: "degraded", isHealthy: false }))).toEqual({
    label: "Paper: degraded",
    tone: "warn",
  });
  expect(summary(connection({ state: "disconnected", isHealthy: false })).tone).toBe("warn");
});

test("[UC5] one that is up and not compared with its broker is unreconciled, whatever else is well", () => {
  expect(summary(connection({ state: "unreconciled", isHealthy: false }), connection({}))).toEqual({
    label: "1 of 2 unreconciled",
    tone: "warn",
  });
  expect(summary(connection({ state: "unreconciled", isHealthy: false })).label).toBe("Paper: unreconciled");
});

test("[UC6] what is meant to be off is no trouble", () => {
  const off = connection({ state: "disconnected", isHealthy: false }, "disconnected");
  expect(summary(connection({}), off)).toEqual({ label: "Connected", tone: "good" });
  expect(summary(off)).toEqual({ label: "Not connected", tone: "quiet" });
  expect(summary()).toEqual({ label: "Not connected", tone: "quiet" });
});

test("[UC7] evidence has its age in words, and a silence is called one", () => {
  expect(
    (["up", "mute", "down", "unused"] as const).map((state) => evidenceText({ state, lastEvidenceAt: AT }, NOW)),
  ).toEqual(["20 s ago", "silent for 20 s", "last heard 20 s ago", null]);
  expect(evidenceText({ state: "up", lastEvidenceAt: null }, NOW)).toBe("no evidence");
});

test("[UC3] a mode is asked for its own fields only", () => {
  const fields = [{ name: "keyId", modes: ["paper" as const] }, { name: "port" }];
  expect(fieldsOfMode(fields, "paper").map(({ name }) => name)).toEqual(["keyId", "port"]);
  expect(fieldsOfMode(fields, "mock").map(({ name }) => name)).toEqual(["port"]);
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
