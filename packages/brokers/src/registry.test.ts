import { describe, expect, it } from "vitest";
import { connectionId } from "./domain/ids.ts";
import { MODES } from "./domain/Mode.ts";
import { MemoryPaperStore } from "./paper/MemoryPaperStore.ts";
import { createBrokerRegistry } from "./registry.ts";
import { limitOrder } from "./testing/builders.ts";
import { createManualHarness } from "./testing/manualHarness.ts";
import { PaperClient } from "./paper/PaperClient.ts";

function registry() {
  const { feed, deps } = createManualHarness(({ deps: given }) => new PaperClient({}, given));
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
      ["alpaca", ["mock"]],
      ["interactive_brokers", ["mock"]],
    ]);
  });

  it("[RG1] makes a client in every mode that it lists, and in no other", () => {
    const brokers = registry();
    for (const { key, name, modes, capabilities } of brokers.descriptions()) {
      expect(brokers.description(key)?.name).toBe(name);
      for (const mode of modes)
        expect(brokers.create({ ...request, broker: key, mode })).toMatchObject({ name, mode, capabilities });
      for (const mode of MODES.filter((each) => !modes.includes(each))) {
        expect(() => brokers.create({ ...request, broker: key, mode })).toThrow(
          expect.objectContaining({ code: "NOT_SUPPORTED" }),
        );
      }
    }
    expect(brokers.description("robin")).toBeUndefined();
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
