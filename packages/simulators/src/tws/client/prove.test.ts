import { createBrokerRegistry, type BrokerRegistryOptions } from "@trenddojo/brokers";
import { connectionId } from "@trenddojo/brokers/domain";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../alpaca/testing/failureOf.ts";
import type { TwsSimulatorOptions } from "../startTwsSimulator.ts";
import { TwsClientBench } from "../testing/TwsClientBench.ts";

const never: BrokerRegistryOptions["paper"]["openStore"] = () => {
  throw new Error("no paper account is opened here");
};

const registryOf = ({ clock, feed, orderIds }: TwsClientBench) =>
  createBrokerRegistry({
    deps: { clock },
    liveAcknowledged: true,
    paper: { feed, openStore: never },
    interactiveBrokersOrderIds: () => orderIds,
  });
const requestOf = <InMode extends "paper" | "live">({ simulator }: TwsClientBench, mode: InMode) => ({
  connectionId: connectionId("0192-connection-1"),
  broker: "interactive_brokers",
  mode,
  credentials: { host: simulator.host, port: String(simulator.port), clientId: "3" },
});
const prove = (bench: TwsClientBench, mode: "paper" | "live" = "paper") =>
  registryOf(bench).prove(requestOf(bench, mode));

async function proofOf(options: Partial<TwsSimulatorOptions>) {
  await using bench = await TwsClientBench.open(options);
  const proof = await bench.whileTimePasses(prove(bench));
  await bench.until(() => bench.simulator.clients === 0);
  return { proof, requests: bench.simulator.journal.requests().map(({ request }) => request) };
}

describe("what a gateway opens, proven before it is connected", () => {
  it("[IB9] each thing with its value, by questions alone, and nothing stays open", async () => {
    const { proof, requests } = await proofOf({});
    expect(proof?.accountId).toBe("DU1234567");
    expect(proof?.checks.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "gateway passed",
      "client_id passed",
      "account passed",
      "clock passed",
      "trading passed",
      "prices passed",
    ]);
    expect(new Set(requests)).toEqual(new Set(["currentTime", "openOrders", "marketDataType", "marketData"]));
  });

  it.each([
    ["late prices", { marketData: "delayed" }, "prices", /Subscribe/],
    ["no prices", { marketData: "none" }, "prices", /Subscribe/],
  ] as const)("[IB9] %s is limited, with its fix", async (_what, quirks, name, fix) => {
    const { proof } = await proofOf({ quirks });
    const check = proof?.checks.find((each) => each.name === name);
    expect(check).toMatchObject({ state: "limited", fix: expect.stringMatching(fix) });
  });

  it("[IB9] a clock that is a minute off is limited, with its fix", async () => {
    await using bench = await TwsClientBench.open();
    const late = String(Math.floor(bench.clock.now() / 1_000) + 60);
    const body = Buffer.from(["49", "1", late].map((field) => `${field}\0`).join(""));
    const header = Buffer.alloc(4);
    header.writeUInt32BE(body.length);
    const hex = Buffer.concat([header, body]).toString("hex");
    bench.simulator.faults.add({ on: "reply", reply: "currentTime", times: 100, do: { kind: "bytes", hex } });
    const proof = await bench.whileTimePasses(prove(bench));
    expect(proof?.checks.find(({ name }) => name === "clock")).toMatchObject({
      state: "limited",
      value: expect.stringMatching(/6[01] s behind/),
      fix: expect.stringMatching(/NTP/),
    });
  });

  it("[IB9] a gateway that shows no orders because it is read-only is limited, with its fix", async () => {
    await using bench = await TwsClientBench.open();
    const message = "Error validating request.-'bO' : cause - The API interface is currently in Read-Only mode.";
    bench.simulator.faults.add({ on: "request", request: "openOrders", do: { kind: "error", code: 321, message } });
    const proof = await bench.whileTimePasses(prove(bench));
    const check = proof?.checks.find(({ name }) => name === "trading");
    expect(check).toMatchObject({ state: "limited", fix: expect.stringMatching(/Read-Only API/) });
  });

  it("[IB9] what makes it useless to connect is refused, with what to do", async () => {
    await using bench = await TwsClientBench.open({ accounts: [{ id: "U1234567" }] });
    expect(await failureOf(bench.whileTimePasses(prove(bench)))).toMatchObject({ code: "AUTHENTICATION_FAILED" });
    await bench.simulator.goOffline();
    expect(await failureOf(bench.whileTimePasses(prove(bench)))).toMatchObject({
      code: "GATEWAY_NOT_RUNNING",
      message: expect.stringMatching(/start TWS or the IB Gateway/),
    });
  });

  it.each([
    ["live", "U1234567", "real money"],
    ["paper", "DU1234567", "a paper account"],
  ] as const)("[IB9] in %s mode a login to %s is %s, and is opened", async (mode, id, kind) => {
    await using bench = await TwsClientBench.open({ accounts: [{ id }] });
    const client = registryOf(bench).create(requestOf(bench, mode));
    await using _closing = { [Symbol.asyncDispose]: () => bench.whileTimePasses(client.disconnect()) };
    const proof = await bench.whileTimePasses(prove(bench, mode));
    expect(proof?.checks.find(({ name }) => name === "account")?.value).toBe(`${id}, ${kind}`);
    await bench.whileTimePasses(client.connect());
    expect(await bench.whileTimePasses(client.getAccountInfo())).toMatchObject({ accountId: id, mode });
  });

  it.each([
    ["live", "DU1234567"],
    ["paper", "U1234567"],
  ] as const)("[IB9] in %s mode a login to %s is of other money: nothing is asked of it", async (mode, id) => {
    await using bench = await TwsClientBench.open({ accounts: [{ id }] });
    const client = registryOf(bench).create(requestOf(bench, mode));
    const asked: readonly (() => Promise<unknown>)[] = [() => prove(bench, mode), () => client.connect()];
    for (const ask of asked) {
      expect(await failureOf(bench.whileTimePasses(ask()))).toMatchObject({ code: "AUTHENTICATION_FAILED" });
    }
    expect(client.isConnected()).toBe(false);
    expect(bench.simulator.journal.requests()).toEqual([]);
  });
});
