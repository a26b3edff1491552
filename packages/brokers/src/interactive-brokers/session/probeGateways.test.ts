import { describe, expect, it } from "vitest";
import { failureOf } from "../../testing/contract/calls.ts";
import { FakeClock } from "../../testing/FakeClock.ts";
import { LOGIN, ScriptedGateway } from "../../testing/interactive-brokers/ScriptedGateway.ts";
import { probeGateways } from "./probeGateways.ts";

const HOST = "127.0.0.1";
const portsOf = (...gateways: readonly ScriptedGateway[]) =>
  gateways.map(({ address: { port } }) => ({ port, usual: "as the test says" }));

describe("looking for gateways", () => {
  it("[IB10] tells what answers at each port, whose accounts they are, and what to do where nothing does", async () => {
    await using paper = await ScriptedGateway.start();
    await using live = await ScriptedGateway.start({
      login: [
        [15, 1, "U1,U2"],
        [9, 1, 1],
      ],
    });
    await using both = await ScriptedGateway.start({
      login: [
        [15, 1, "U1,DU2"],
        [9, 1, 1],
      ],
    });
    await using old = await ScriptedGateway.start({ greeting: "150\0now\0" });
    await using gone = await ScriptedGateway.start();
    await gone.goAway();
    const found = await probeGateways(
      { host: HOST, ports: portsOf(paper, live, both, old, gone) },
      { clock: new FakeClock() },
    );
    expect(found).toMatchObject([
      { found: true, version: 193, accounts: ["DU1234567"], mode: "paper", usual: "as the test says" },
      { found: true, accounts: ["U1", "U2"], mode: "live" },
      { found: true, accounts: ["U1", "DU2"], mode: null },
      { found: false, fault: { trouble: "version" } },
      { found: false, fault: { trouble: "not_running", message: expect.stringMatching(/nothing answers at 127/) } },
    ]);
    // Nothing is asked, and nobody is kept waiting for an id that a look has taken.
    expect([paper, live, both].flatMap(({ heard }) => heard)).toEqual([]);
  });

  it("[IB10] the ports of real money are not touched unless they are allowed", async () => {
    const ports = async (isLiveAllowed: boolean): Promise<readonly number[]> =>
      (await probeGateways({ host: HOST, isLiveAllowed }, { clock: new FakeClock() })).map(({ port }) => port);
    expect([await ports(false), await ports(true)]).toEqual([
      [4002, 7497],
      [4002, 7497, 4001, 7496],
    ]);
  });

  it("[IB10] one that waits for its login is told as that", async () => {
    await using waiting = await ScriptedGateway.start({ login: LOGIN.slice(0, 1) });
    const clock = new FakeClock();
    const looking = probeGateways({ host: HOST, ports: portsOf(waiting) }, { clock });
    await clock.advanceUntil(() => waiting.logins === 1, 1);
    await clock.advance(10_000);
    expect(await looking).toMatchObject([{ found: false, fault: { trouble: "not_logged_in" } }]);
  });

  it("[IB10] a look ends when nobody waits for it any more", async () => {
    await using waiting = await ScriptedGateway.start({ greeting: null });
    const clock = new FakeClock();
    const patience = new AbortController();
    const options = { signal: patience.signal };
    const looking = failureOf(probeGateways({ host: HOST, ports: portsOf(waiting, waiting) }, { clock }, options));
    await clock.advanceUntil(() => waiting.hellos === 2, 1);
    patience.abort();
    expect(await looking).toMatchObject({ code: "TIMEOUT" });
    expect(clock.pendingTimers).toBe(0);
  });
});
