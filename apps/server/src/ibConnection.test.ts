import { ScriptedGateway, type GatewayScript } from "@trenddojo/brokers/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { setUp } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";

const login = (accounts: string): NonNullable<GatewayScript["login"]> => [
  [15, 1, accounts],
  [9, 1, 1],
];

let desk: TestDesk;
let client: TestClient;
let gateway: ScriptedGateway;
beforeAll(async () => {
  desk = await createTestDesk();
  client = createTestClient(desk.url);
  await setUp(client);
  gateway = await ScriptedGateway.start();
});
afterAll(async () => {
  await client[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
});
beforeEach(() => {
  gateway.script = {};
});

const place = (): Record<string, string> => ({ host: "127.0.0.1", port: String(gateway.address.port) });
const probe = (credentials: Record<string, string>) =>
  client.api.brokers.probe.mutate({ broker: "interactive_brokers", credentials });
const add = (credentials: Record<string, string>) =>
  refusalOf(client.api.brokers.add.mutate({ broker: "interactive_brokers", mode: "paper", label: "IB", credentials }));

describe("a gateway of Interactive Brokers", () => {
  it("[SV150] is looked for at the port that was typed and the usual paper ones; that somebody looked is on record", async () => {
    gateway.script = { login: login("DU1,DU2") };
    const [found, ...usual] = await probe(place());
    expect(found).toMatchObject({ address: `127.0.0.1:${gateway.address.port}`, mode: "paper", fault: null });
    expect(found?.accounts).toEqual([
      { id: "DU1", credentials: { ...place(), account: "DU1" } },
      { id: "DU2", credentials: { ...place(), account: "DU2" } },
    ]);
    // Live trading is not allowed here: 4001 and 7496 are left alone.
    expect(usual.map(({ address }) => address)).toEqual(["127.0.0.1:4002", "127.0.0.1:7497"]);
    const { entries } = await client.api.audit.list.query({ limit: 1 });
    expect(entries[0]).toMatchObject({ action: "broker.probed", subject: "interactive_brokers" });
    expect(entries[0]?.message).toContain(`127.0.0.1:${gateway.address.port}, 127.0.0.1:4002`);
  });

  it("[SV151] is never looked for outside of this machine and private networks, nor connected to there", async () => {
    for (const host of ["203.0.113.7", "169.254.169.254", "0.0.0.0", "100.100.100.200"]) {
      const places = await probe({ host });
      expect(places.map(({ fault }) => fault?.code)).toEqual(["NOT_SUPPORTED", "NOT_SUPPORTED"]);
      const refusal = await add({ host });
      expect(refusal).toMatchObject({ code: "NOT_SUPPORTED", outcome: "refused" });
      expect(refusal.message).toContain("neither this machine nor one in a private network");
    }
    expect(await refusalOf(probe({ host: "http://127.0.0.1/" }))).toMatchObject({ outcome: "refused" });
    expect(await refusalOf(client.api.brokers.probe.mutate({ broker: "alpaca", credentials: {} }))).toMatchObject({
      code: "NOT_SUPPORTED",
    });
  });

  it("[SV152] that cannot be used is refused with what to do, and nothing is stored", async () => {
    const cases: readonly (readonly [GatewayScript, string, RegExp])[] = [
      [{ login: login("U1234567") }, "AUTHENTICATION_FAILED", /no paper account .* log it in to the paper account/],
      [{ login: login("DU1,U2") }, "AUTHENTICATION_FAILED", /no paper account/],
      [{ login: login("DU1,DU2") }, "AUTHENTICATION_FAILED", /several accounts \(DU1, DU2\): say which one/],
      [
        { login: [[4, 2, -1, 326, "Unable to connect as the client id is already in use.", ""]] },
        "AUTHENTICATION_FAILED",
        /the client id 7 is in use: close the other program, give this connection another id/,
      ],
      [{ greeting: "200\0" + "20261120 10:00:00 US/Eastern\0" }, "NOT_SUPPORTED", /version 200/],
      [{ bytes: Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n") }, "CONNECTION_FAILED", /sent what no gateway sends/],
    ];
    for (const [script, code, words] of cases) {
      gateway.script = script;
      const refusal = await add({ ...place(), clientId: "7" });
      expect(refusal).toMatchObject({ code, outcome: "refused" });
      expect(refusal.message).toMatch(words);
    }
    await gateway.goAway();
    const refusal = await add(place());
    expect(refusal.code).toBe("GATEWAY_NOT_RUNNING");
    expect(refusal.message).toMatch(/nothing answers at 127\.0\.0\.1:\d+: start TWS or the IB Gateway and log in/);
    expect((await client.api.brokers.list.query()).map(({ broker }) => broker)).toEqual(["paper"]);
  });
});
