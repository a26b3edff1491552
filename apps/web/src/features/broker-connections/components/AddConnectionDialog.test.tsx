import { fireEvent, screen, within } from "@testing-library/react";
import type { BrokerCard, ProbedPlaceView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { aConnection, aPlace, capabilities } from "../../../testing/builders.ts";
import { refusal, renderDesk } from "../../../testing/renderDesk.tsx";
import { AddConnectionDialog } from "./AddConnectionDialog.tsx";

const card: BrokerCard = {
  key: "gate",
  name: "Gate",
  summary: "A broker with a gateway.",
  modes: ["mock", "paper"],
  live: null,
  credentialFields: [
    { name: "host", label: "Host", kind: "text", required: false, defaultValue: "127.0.0.1", modes: ["paper"] },
    { name: "port", label: "Port", kind: "number", required: false, defaultValue: "7497", modes: ["paper"] },
    { name: "account", label: "Account number", kind: "text", required: false, modes: ["paper"] },
  ],
  canBeProbed: true,
  capabilities,
};
const LOOK = "Look for Gate";
const account = (id: string) => ({ id, credentials: { host: "127.0.0.1", port: "4002", account: id } });
const absent = aPlace({
  address: "127.0.0.1:7497",
  usual: "TWS, paper",
  accounts: [],
  mode: null,
  fault: { code: "GATEWAY_NOT_RUNNING", message: "nothing answers at 127.0.0.1:7497: start it and log in" },
});

async function openForm(places: () => readonly ProbedPlaceView[], shown: BrokerCard = card) {
  const sent: unknown[] = [];
  renderDesk(<AddConnectionDialog card={shown} onClose={() => undefined} />, {
    "brokers.probe": (input) => {
      sent.push(input);
      return places();
    },
    "brokers.add": (input) => {
      sent.push(input);
      return { ...aConnection(), checks: [] };
    },
    "brokers.list": () => [],
    "accounts.list": () => [],
  });
  fireEvent.click(await screen.findByLabelText("PAPER"));
  return { sent };
}
const port = () => screen.getByLabelText<HTMLInputElement>("Port (optional)").value;

test("[UB14] the only account that is found is filled in, and what is not there says what to do", async () => {
  const { sent } = await openForm(() => [aPlace(), absent]);
  fireEvent.click(screen.getByRole("button", { name: LOOK }));
  const found = within(await screen.findByRole("list", { name: "What was looked at" })).getAllByRole("listitem");
  expect(found.map((item) => item.textContent)).toEqual([
    "127.0.0.1:4002IB Gateway, paperanswersDU1234567filled in below",
    "127.0.0.1:7497TWS, papernot therenothing answers at 127.0.0.1:7497: start it and log in",
  ]);
  expect(port()).toBe("4002");
  fireEvent.click(screen.getByRole("button", { name: "Test and save" }));
  await screen.findByRole("button", { name: "Test and save" });
  expect(sent).toEqual([
    { broker: "gate", credentials: { host: "127.0.0.1", port: "7497" } },
    { broker: "gate", mode: "paper", label: "Gate", credentials: { host: "127.0.0.1", port: "4002" } },
  ]);
});

test("[UB15] between several accounts a person chooses; real money is not offered to a paper connection", async () => {
  const live = aPlace({ address: "127.0.0.1:4001", mode: "live", accounts: [account("U777")] });
  await openForm(() => [aPlace({ accounts: [account("DU1"), account("DU2")] }), live]);
  fireEvent.click(screen.getByRole("button", { name: LOOK }));
  const use = await screen.findByRole("button", { name: "Use DU2" });
  expect(port()).toBe("7497");
  expect(screen.queryByRole("button", { name: "Use U777" })).toBeNull();
  expect(screen.getByText(/logged in to real money/)).toBeDefined();
  fireEvent.click(use);
  expect(port()).toBe("4002");
  expect(screen.getByLabelText<HTMLInputElement>("Account number (optional)").value).toBe("DU2");
  expect(screen.queryByRole("button", { name: "Use DU2" })).toBeNull();
});

test("[UB16] a look that the desk refuses says why; where there is nothing to look for, there is no button", async () => {
  await openForm(() => {
    throw refusal({ code: "AUTHENTICATION_FAILED", message: "Host is a name or an address" });
  });
  fireEvent.click(screen.getByRole("button", { name: LOOK }));
  expect((await screen.findByRole("alert")).textContent).toContain("Host is a name or an address");
  // The mock asks for nothing.
  fireEvent.click(screen.getByLabelText("SIM"));
  expect(screen.queryByRole("button", { name: LOOK })).toBeNull();
});

const OBSTACLE = {
  code: "LIVE_UNAVAILABLE",
  message: "This desk was started without real money.",
  fix: "Trade in paper mode meanwhile.",
} as const;
const CAVEAT = "Real money is proven against a simulator, never against Gate itself.";
const keyOf = (mode: "paper" | "live"): BrokerCard["credentialFields"][number] => ({
  name: "key",
  label: "Key",
  kind: "text",
  required: true,
  modes: [mode],
});
const liveCard: BrokerCard = {
  ...card,
  modes: ["mock", "paper", "live"],
  live: { caveat: CAVEAT, obstacle: null },
  credentialFields: [keyOf("paper"), keyOf("live")],
  canBeProbed: false,
};

test("[LV1] real money that is not to be had is shown, cannot be chosen, and says why, with its code and what to do", async () => {
  await openForm(() => [], { ...card, live: { caveat: CAVEAT, obstacle: OBSTACLE } });
  expect(screen.getByLabelText<HTMLInputElement>("LIVE").disabled).toBe(true);
  const words = screen.getByText(/^LIVE is not to be had here/).textContent;
  for (const part of Object.values(OBSTACLE)) expect(words).toContain(part);
  expect(screen.queryByText(new RegExp(CAVEAT))).toBeNull();
});

test("[LV2] a broker without real money says nothing of it", async () => {
  await openForm(() => []);
  expect(screen.queryByLabelText("LIVE")).toBeNull();
  expect(screen.queryByText(/LIVE/)).toBeNull();
});

test("[LV3] where it is chosen the form says what it was proven against, in words and with its mark", async () => {
  await openForm(() => [], liveCard);
  expect(screen.queryByRole("note")).toBeNull();
  fireEvent.click(screen.getByLabelText("LIVE"));
  const note = screen.getByRole("note").textContent;
  expect(note).toMatch(/^LIVE/);
  expect(note).toContain(CAVEAT);
  expect(note).toContain("before you arm the account");
});

test("[LV4] what was typed for one kind of money is not carried over to the other", async () => {
  const { sent } = await openForm(() => [], liveCard);
  const key = () => screen.getByLabelText<HTMLInputElement>("Key");
  fireEvent.change(key(), { target: { value: "of-paper" } });
  fireEvent.click(screen.getByLabelText("LIVE"));
  expect(key().value).toBe("");
  fireEvent.change(key(), { target: { value: "of-live" } });
  fireEvent.click(screen.getByRole("button", { name: "Test and save" }));
  await screen.findByRole("button", { name: "Test and save" });
  expect(sent).toEqual([{ broker: "gate", mode: "live", label: "Gate", credentials: { key: "of-live" } }]);
});
