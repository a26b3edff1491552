import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BrokerClient } from "../../BrokerClient.ts";
import { silentLogger } from "../../deps.ts";
import { connectionId } from "../../domain/ids.ts";
import { MemoryPaperStore } from "../../paper/MemoryPaperStore.ts";
import { createBrokerRegistry, type BrokerRegistryOptions } from "../../registry.ts";
import { SessionStage, STAGE_ACCOUNT } from "../alpaca/SessionStage.ts";
import { until } from "../alpaca/ScriptedAlpaca.ts";
import { limitOrder } from "../builders.ts";
import { failureOf } from "../contract/calls.ts";
import { ManualFeed } from "../ManualFeed.ts";
import { MemoryOrderIdStore } from "../MemoryOrderIdStore.ts";
import { seededRandom } from "../seededRandom.ts";
import { LiveStandIn } from "./LiveStandIn.ts";

const TRADING = "api.alpaca.markets:443";
const PAPER_TRADING = "paper-api.alpaca.markets:443";
const DATA = "data.alpaca.markets:443";
const PRICES = "stream.data.alpaca.markets:443";
const REQUEST = {
  connectionId: connectionId("0192-connection-1"),
  broker: "alpaca",
  credentials: { keyId: "AK-KEY-ID-1", secretKey: "SECRET-OF-THE-KEY-1" },
} as const;
const REFUSED = {
  status: 401,
  json: { code: 40110000, message: "request is not authorized" },
};

let stage: SessionStage;
let alpaca: LiveStandIn;
const clients: BrokerClient[] = [];

beforeEach(async () => {
  stage = await SessionStage.set();
  alpaca = await LiveStandIn.set(stage.alpaca.address);
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.disconnect();
  await alpaca[Symbol.asyncDispose]();
  await stage[Symbol.asyncDispose]();
});

function registry(options: Partial<BrokerRegistryOptions> = { liveAcknowledged: true }) {
  const { clock } = stage;
  const feed = new ManualFeed({ clock });
  return createBrokerRegistry({
    deps: { clock, random: seededRandom(1), logger: silentLogger },
    paper: { feed, openStore: () => new MemoryPaperStore() },
    interactiveBrokersOrderIds: () => new MemoryOrderIdStore(),
    ...options,
  });
}
function live(): BrokerClient {
  const client = registry().create({ ...REQUEST, mode: "live" });
  clients.push(client);
  return client;
}
const calledOnce = (): readonly string[] => [...new Set(alpaca.called)].toSorted();

describe("real money in the registry", () => {
  it("[RG7] is offered where the process acknowledged it, by both brokers, with what it was proven against", () => {
    for (const { key, modes, liveCaveat } of registry().descriptions()) {
      expect([key, modes.includes("live")]).toEqual([key, key !== "paper"]);
      expect(liveCaveat ?? "none").toMatch(key === "paper" ? /^none$/ : /proven against a simulator.* never against/);
    }
  });

  it.each([undefined, false, null, 1, "true", "1", {}, [true]])(
    "[RG7] is not there where it was acknowledged with %j, and no client of it is made",
    (liveAcknowledged) => {
      const brokers = Reflect.apply(registry, null, [{ liveAcknowledged }]);
      for (const { key, modes } of brokers.descriptions()) {
        expect(modes).not.toContain("live");
        expect(() => brokers.create({ ...REQUEST, broker: key, mode: "live" })).toThrow(
          expect.objectContaining({ code: "NOT_SUPPORTED" }),
        );
      }
      expect(alpaca.called).toEqual([]);
    },
  );

  it("[RG7] and never beside a simulator", () => {
    expect(() => registry({ liveAcknowledged: true, alpacaVenue: stage.alpaca.venue })).toThrow(
      expect.objectContaining({ code: "NOT_SUPPORTED", message: expect.stringContaining("desk of its own") }),
    );
  });
});

describe("a live connection to Alpaca", () => {
  it("[RG8] calls the hosts of real money and no other, from the first question to the order", async () => {
    stage.takeOrders({ status: "new" });
    const client = live();
    expect(client.mode).toBe("live");
    await client.connect();
    await until(() => alpaca.called.includes(PRICES));
    await client.placeOrder(limitOrder("AAPL", "buy", 1, 90));
    expect(stage.alpaca.seen("POST /v2/orders").map(({ headers }) => headers.host)).toEqual(["api.alpaca.markets"]);
    expect(calledOnce()).toEqual([TRADING, DATA, PRICES]);
  });

  it("[RG8] a paper connection of the same process calls the paper hosts only", async () => {
    const client = registry().create({ ...REQUEST, mode: "paper" });
    clients.push(client);
    await client.connect();
    await until(() => alpaca.called.includes(PRICES));
    expect(new Set([...calledOnce(), DATA])).toEqual(new Set([PAPER_TRADING, DATA, PRICES]));
  });

  it("[RG8] its proof asks there too, and says which environment it was", async () => {
    stage.alpaca
      .on("GET /v2/account/configurations", { json: {} })
      .on("GET /v2/stocks/quotes/latest", { json: { quotes: {} } });
    const proof = await registry().prove({ ...REQUEST, mode: "live" });
    expect(proof?.checks.find(({ name }) => name === "host")?.value).toBe("api.alpaca.markets, the live environment");
    expect(calledOnce()).toEqual([TRADING, DATA]);
    expect(stage.alpaca.requests.every(({ method }) => method === "GET")).toBe(true);
  });

  it("[RG8] paper keys are refused by the account, there and in the proof, and nothing else is asked", async () => {
    stage.alpaca.on("GET /v2/account", REFUSED);
    const client = live();
    const askers = [() => client.connect(), () => registry().prove({ ...REQUEST, mode: "live" })];
    for (const ask of askers) {
      const error = await failureOf(ask());
      expect(error).toMatchObject({ code: "AUTHENTICATION_FAILED", outcome: "refused" });
      expect(error.message).toContain("the live environment does not accept these keys");
    }
    expect(client.isConnected()).toBe(false);
    expect(stage.alpaca.requests.map(({ path }) => path)).toEqual(["/v2/account", "/v2/account"]);
    expect([stage.alpaca.opened.orders, stage.alpaca.opened.prices]).toEqual([0, 0]);
    expect(calledOnce()).toEqual([TRADING]);
  });

  it("[RG8] keys that stop being accepted, or open another account, end it at the next look", async () => {
    const client = live();
    await client.connect();
    await client.disconnect();
    stage.alpaca.on("GET /v2/account", { json: { ...STAGE_ACCOUNT, account_number: "999" } });
    expect(await failureOf(client.connect())).toMatchObject({ code: "AUTHENTICATION_FAILED" });
    expect(client.isConnected()).toBe(false);
  });
});
