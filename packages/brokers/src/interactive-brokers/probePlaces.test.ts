import { afterEach, beforeEach, expect, it } from "vitest";
import { brokerDeps } from "../deps.ts";
import type { ProbedPlace } from "../domain/ProbedPlace.ts";
import { ScriptedGateway } from "../testing/interactive-brokers/ScriptedGateway.ts";
import { probePlaces } from "./probePlaces.ts";

let gateway: ScriptedGateway;
beforeEach(async () => {
  gateway = await ScriptedGateway.start();
});
afterEach(() => gateway[Symbol.asyncDispose]());

const look = (credentials: Readonly<Record<string, string>>, isLiveAllowed = false): Promise<readonly ProbedPlace[]> =>
  probePlaces({ credentials, isLiveAllowed }, brokerDeps());
const ports = (places: readonly ProbedPlace[]): readonly string[] =>
  places.map(({ address }) => address.split(":").at(-1) ?? "");

it("[IB61] the port that was given is tried first, then the usual ones; live ones only if live is allowed", async () => {
  const port = String(gateway.address.port);
  expect(ports(await look({ port }))).toEqual([port, "4002", "7497"]);
  expect(ports(await look({ port }, true))).toEqual([port, "4002", "7497", "4001", "7496"]);
  expect(ports(await look({}))).toEqual(["4002", "7497"]);
  // A usual port of live logins is one, whoever names it.
  expect(ports(await look({ port: "7496" }))).toEqual(["4002", "7497"]);
});

it("[IB61] what answers tells its accounts, and the form is filled in with each", async () => {
  const port = String(gateway.address.port);
  const [alone] = await look({ port, account: "DU7" });
  expect(alone).toEqual({
    address: `127.0.0.1:${port}`,
    usual: "the port that you gave",
    accounts: [{ id: "DU1234567", credentials: { host: "127.0.0.1", port, account: "" } }],
    mode: "paper",
    fault: null,
  });
  const login = (accounts: string) => [
    [15, 1, accounts],
    [9, 1, 1],
  ];
  gateway.script = { login: login("DU1,DU2,") };
  const [several] = await look({ port });
  expect(several?.accounts.map(({ credentials }) => credentials["account"])).toEqual(["DU1", "DU2"]);
  gateway.script = { login: login("U1") };
  expect((await look({ port }))[0]).toMatchObject({ mode: "live", fault: null });
  gateway.script = { login: login("U1,DU2") };
  expect((await look({ port }))[0]).toMatchObject({ mode: null, fault: null });
});

it("[IB61] what does not answer says why and what to do", async () => {
  const port = String(gateway.address.port);
  await gateway.goAway();
  const [place] = await look({ port });
  expect(place).toMatchObject({ accounts: [], mode: null, fault: { code: "GATEWAY_NOT_RUNNING" } });
  expect(place?.fault?.message).toMatch(/nothing answers at .*start TWS or the IB Gateway/);
});

it("[IB60] a host that is not of a private network is not dialled at any port", async () => {
  const places = await look({ host: "203.0.113.7", port: String(gateway.address.port) });
  expect(places.map(({ fault }) => fault?.code)).toEqual(["NOT_SUPPORTED", "NOT_SUPPORTED", "NOT_SUPPORTED"]);
  await expect(look({ host: "http://x/", port: "1" })).rejects.toMatchObject({ code: "AUTHENTICATION_FAILED" });
  expect(gateway.sessions).toBe(0);
});
