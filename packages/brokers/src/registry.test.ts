import { describe, expect, it } from "vitest";
import { fieldsOfMode } from "./domain/fieldsOfMode.ts";
import { connectionId } from "./domain/ids.ts";
import { MODES } from "./domain/Mode.ts";
import { MemoryPaperStore } from "./paper/MemoryPaperStore.ts";
import { createBrokerRegistry } from "./registry.ts";
import { limitOrder } from "./testing/builders.ts";
import { MemoryOrderIdStore } from "./testing/MemoryOrderIdStore.ts";
import { createManualHarness } from "./testing/manualHarness.ts";
import { PaperClient } from "./paper/PaperClient.ts";

function registry(feedOptions: Parameters<typeof createManualHarness>[1] = {}) {
  const { feed, deps } = createManualHarness(({ deps: given }) => new PaperClient({}, given), feedOptions);
  return createBrokerRegistry({ deps, paper: { feed, openStore: () => new MemoryPaperStore() } });
}

const request = { connectionId: connectionId("0192-connection-1"), credentials: {} };

describe("the registry", () => {
  it("[RG1] lists the brokers that can be connected, and in which modes", () => {
    expect(
      registry()
        .descriptions()
        .map(({ key, modes }) => [key, modes]),
    ).toEqual([
      ["paper", ["paper"]],
      ["alpaca", ["mock", "paper"]],
      ["interactive_brokers", ["mock"]],
    ]);
  });

  it("[RG1] makes a client in every mode that it lists, and in no other", () => {
    const brokers = registry();
    for (const { key, name, modes, capabilities } of brokers.descriptions()) {
      expect(brokers.description(key)?.name).toBe(name);
      const keys = { keyId: "KEY", secretKey: "SECRET" };
      for (const mode of modes) {
        const credentials = key === "alpaca" && mode === "paper" ? keys : {};
        const client = brokers.create({ ...request, broker: key, mode, credentials });
        expect(client).toMatchObject({ name, mode, capabilities });
      }
      for (const mode of MODES.filter((each) => !modes.includes(each))) {
        expect(() => brokers.create({ ...request, broker: key, mode })).toThrow(
          expect.objectContaining({ code: "NOT_SUPPORTED" }),
        );
      }
    }
    expect(brokers.description("robin")).toBeUndefined();
  });

  it("[RG5] a paper account takes orders for the auctions where its prices have sessions, and only there", () => {
    for (const alwaysOpen of [true, false]) {
      const brokers = registry({ alwaysOpen });
      const timesInForce = brokers.description("paper")?.capabilities.timesInForce;
      const supported = [timesInForce?.opg.supported, timesInForce?.cls.supported, timesInForce?.day.supported];
      expect([alwaysOpen, ...supported]).toEqual([alwaysOpen, !alwaysOpen, !alwaysOpen, true]);
      expect(brokers.create({ ...request, broker: "paper", mode: "paper" }).capabilities.timesInForce).toEqual(
        timesInForce,
      );
    }
  });

  it("[RG2] what the form did not ask for, or cannot read, is refused before a client is built", () => {
    const create = (credentials: Readonly<Record<string, string>>) => () =>
      registry().create({ ...request, broker: "paper", mode: "paper", credentials });
    for (const credentials of [
      { startingCash: "0" },
      { startingCash: "many" },
      { startingCash: "1000000000001" },
      { secret: "x" },
    ]) {
      expect(create(credentials)).toThrow(expect.objectContaining({ code: "AUTHENTICATION_FAILED" }));
    }
    expect(create({ startingCash: "" })).not.toThrow();
    for (const credentials of [
      {},
      { keyId: "K" },
      { keyId: "K", secretKey: "a secret" },
      { keyId: "", secretKey: "S" },
    ]) {
      const alpaca = (): unknown => registry().create({ ...request, broker: "alpaca", mode: "paper", credentials });
      expect(alpaca).toThrow(expect.objectContaining({ code: "AUTHENTICATION_FAILED" }));
    }
  });

  it("[RG6] Interactive Brokers has a paper mode where order ids are kept, with an address that can be one", () => {
    const { feed, deps } = createManualHarness(({ deps: given }) => new PaperClient({}, given));
    const brokers = createBrokerRegistry({
      deps,
      paper: { feed, openStore: () => new MemoryPaperStore() },
      interactiveBrokersOrderIds: () => new MemoryOrderIdStore(),
    });
    expect(brokers.description("interactive_brokers")?.modes).toEqual(["mock", "paper"]);
    const create = (credentials: Readonly<Record<string, string>>) => () =>
      brokers.create({ ...request, broker: "interactive_brokers", mode: "paper", credentials });
    expect(create({})()).toMatchObject({ name: "Interactive Brokers", mode: "paper" });
    expect(create({ host: "::1", port: "7497", clientId: "3", account: "du1" })()).toMatchObject({ mode: "paper" });
    for (const credentials of [
      { host: "http://127.0.0.1" },
      { host: "a b" },
      { port: "0" },
      { port: "65536" },
      { port: "4002.5" },
      { clientId: "-1" },
      { account: "DU-1" },
    ]) {
      expect(create(credentials)).toThrow(expect.objectContaining({ code: "AUTHENTICATION_FAILED" }));
    }
  });

  it("[RG9] no form asks twice for one thing in one mode; where a gateway usually listens goes by the mode", () => {
    const { feed, deps } = createManualHarness(({ deps: given }) => new PaperClient({}, given));
    const brokers = createBrokerRegistry({
      deps,
      liveAcknowledged: true,
      paper: { feed, openStore: () => new MemoryPaperStore() },
      interactiveBrokersOrderIds: () => new MemoryOrderIdStore(),
    });
    const ports = [];
    for (const { modes, credentialFields } of brokers.descriptions()) {
      for (const mode of modes) {
        const fields = fieldsOfMode(credentialFields, mode);
        const names = fields.map(({ name }) => name);
        expect(names).toEqual([...new Set(names)]);
        const port = fields.find(({ name }) => name === "port");
        if (port !== undefined) ports.push([mode, port.defaultValue]);
      }
    }
    expect(ports).toEqual([
      ["paper", "4002"],
      ["live", "4001"],
    ]);
  });

  it("[RG3] a paper account begins with the cash that was asked for", async () => {
    const client = registry().create({
      ...request,
      broker: "paper",
      mode: "paper",
      credentials: { startingCash: "2500.50" },
    });
    await client.connect();
    expect(await client.getAccountInfo()).toMatchObject({
      accountId: "PAPER-ECTION-1",
      mode: "paper",
      balance: "2500.5",
    });
    await client.disconnect();
  });

  it("[RG4] a paper account's ids carry its seed", async () => {
    const { feed, deps } = createManualHarness(({ deps: given }) => new PaperClient({}, given));
    const brokers = createBrokerRegistry({
      deps,
      paper: { feed, openStore: () => new MemoryPaperStore(), seed: () => 36 },
    });
    const client = brokers.create({ ...request, broker: "paper", mode: "paper" });
    await client.connect();
    expect((await client.placeOrder(limitOrder("AAPL", "buy", 1, 90))).orderId).toMatch(/^P10-\d+$/);
    await client.disconnect();
  });
});
