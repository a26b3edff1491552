import { afterEach, describe, expect, it } from "vitest";
import { failureOf } from "../../testing/contract/calls.ts";
import { GatewayStage } from "../../testing/interactive-brokers/GatewayStage.ts";
import { LOGIN } from "../../testing/interactive-brokers/ScriptedGateway.ts";
import type { GatewayRequest, Question } from "./Gateway.ts";
import { ANSWER_MS, QUIET_MS } from "./Heartbeat.ts";

const CURRENT_TIME = 49;
const CANCEL: GatewayRequest = { urgency: "order", write: (calls) => calls.cancelOrder(1) };
/** Once it is answered, what was said before it has arrived. */
const clockQuestion: Question<void> = {
  what: "the clock",
  urgency: "lookup",
  write: (calls) => calls.reqCurrentTime(),
  listen: ({ on, end }) => on("currentTime", () => end()),
};

let stage: GatewayStage;
afterEach(() => stage[Symbol.asyncDispose]());

describe("a gateway at its worst", () => {
  it("[IB62] what is still on its way to a silent peer is thrown away with its session: nothing arrives late", async () => {
    stage = await GatewayStage.ready();
    const { gateway, peer, clock } = stage;
    peer.answers.clear();
    await clock.advance(QUIET_MS);
    await stage.until(() => peer.of(CURRENT_TIME).length === 2);
    await clock.advance(ANSWER_MS);
    await stage.until(() => gateway.session === 2 && peer.ends.length > 0);
    expect(peer.ends).toEqual(["reset"]);
  });

  it.each([1100, 2110])(
    "[IB63] a gateway that says %i before it is ready has no line to Interactive Brokers, and takes no order yet",
    async (code) => {
      const login = [[15, 1, "DU1234567"], [4, 2, -1, code, "Connectivity is broken", ""], ...LOGIN.slice(1)];
      stage = await GatewayStage.ready({ script: { login } });
      const { gateway, peer, causes } = stage;
      expect(gateway.state).toMatchObject({ kind: "degraded", fault: { trouble: "servers_unreachable" } });
      expect(await failureOf(gateway.send(CANCEL))).toMatchObject({ code: "CONNECTION_FAILED", outcome: "refused" });
      peer.sayError(-1, 1102, "Connectivity has been restored - data maintained");
      await stage.until(() => gateway.state.kind === "ready");
      expect(causes).toEqual(["new_session", "data_kept"]);
      peer.script = {};
      peer.cut();
      await stage.until(() => gateway.session === 2);
      expect(gateway.state.kind).toBe("ready");
    },
  );

  it("[IB64] a gateway that names other accounts in the middle of a session is proven anew", async () => {
    stage = await GatewayStage.ready();
    const { gateway, peer } = stage;
    peer.say(15, 1, "DU1234567");
    await gateway.ask(clockQuestion);
    expect(gateway.session).toBe(1);
    const live = [[15, 1, "U7654321"], ...LOGIN.slice(1)];
    peer.script = { login: live };
    peer.say(15, 1, "U7654321");
    await stage.until(() => gateway.state.kind === "closed");
    expect(gateway.state).toMatchObject({ fault: { trouble: "wrong_account" } });
  });

  it("[IB73] what is left of a list that nobody waits for any more is not taken for the next one", async () => {
    stage = await GatewayStage.ready();
    const { gateway, peer, clock } = stage;
    const positions = (timeoutMs: number): Question<readonly (string | undefined)[]> => ({
      what: "the positions",
      urgency: "read",
      lane: "positions",
      timeoutMs,
      write: (calls) => calls.reqPositions(),
      listen: ({ on, end }) => {
        const held: (string | undefined)[] = [];
        on("position", (_account, { symbol }) => held.push(symbol));
        on("positionEnd", () => end(held));
      },
    });
    const say = (...symbols: readonly string[]): void => {
      for (const symbol of symbols)
        peer.say(61, 3, "DU1234567", 1, symbol, "STK", "", 0, "", "", "NASDAQ", "USD", symbol, symbol, 10, 100);
    };
    const first = failureOf(gateway.ask(positions(500)));
    await stage.until(() => peer.of(61).length === 1);
    say("AAPL");
    await clock.advance(500);
    expect(await first).toMatchObject({ code: "TIMEOUT" });
    const second = gateway.ask(positions(60_000));
    await stage.until(() => peer.of(61).length === 2);
    say("MSFT");
    peer.say(62, 1);
    say("AAPL", "MSFT");
    peer.say(62, 1);
    expect(await second).toEqual(["AAPL", "MSFT"]);
    // One that never comes is waited for once.
    const lost = failureOf(gateway.ask(positions(500)));
    await clock.advance(500);
    expect(await lost).toMatchObject({ code: "TIMEOUT" });
    peer.answers.set("61", () => peer.say(62, 1));
    const skipped = failureOf(gateway.ask(positions(500)));
    await gateway.ask(clockQuestion);
    await clock.advance(500);
    expect(await skipped).toMatchObject({ code: "TIMEOUT" });
    expect(await gateway.ask(positions(500))).toEqual([]);
  });
});
