import { describe, expect, it } from "vitest";
import { AlpacaClient } from "./AlpacaClient.ts";
import { dataStreamUrl, endpointsOf } from "./AlpacaEndpoints.ts";

const KEYS = { keyId: "K", secretKey: "S" };
const LOCAL = {
  kind: "simulator",
  trading: "http://127.0.0.1:4100",
  tradingStream: "ws://127.0.0.1:4100/stream",
  data: "http://[::1]:4100",
  dataStream: "ws://127.0.0.1:4100/v2/iex",
} as const;

describe("the hosts", () => {
  it("[AL1] each mode has its own trading host, from a table that nobody can change", () => {
    expect(endpointsOf("paper").trading).toBe("https://paper-api.alpaca.markets");
    expect(endpointsOf("paper").tradingStream).toBe("wss://paper-api.alpaca.markets/stream");
    expect(endpointsOf("live").trading).toBe("https://api.alpaca.markets");
    expect(endpointsOf("live").tradingStream).toBe("wss://api.alpaca.markets/stream");
    expect(Object.isFrozen(endpointsOf("live"))).toBe(true);
    expect(dataStreamUrl(endpointsOf("paper"), "sip")).toBe("wss://stream.data.alpaca.markets/v2/sip");
  });

  it("[AL1] a simulator is on a loopback address", () => {
    expect(endpointsOf("paper", LOCAL)).toMatchObject({ trading: LOCAL.trading, data: LOCAL.data });
    expect(dataStreamUrl(endpointsOf("paper", LOCAL), "iex")).toBe(LOCAL.dataStream);
    for (const trading of [
      "https://api.alpaca.markets",
      "http://api.alpaca.markets",
      "http://localhost:4100",
      "http://127.0.0.1.example.com:4100",
      "http://10.0.0.1:4100",
      "http://user:pass@127.0.0.1:4100",
      "http://127.0.0.1:4100/?a=1",
      "ws://127.0.0.1:4100",
      "127.0.0.1:4100",
      "",
    ]) {
      const venue = { ...LOCAL, trading };
      expect(() => endpointsOf("paper", venue)).toThrow(expect.objectContaining({ code: "NOT_SUPPORTED" }));
    }
  });

  it("[AL1] and never stands for real money", () => {
    expect(() => endpointsOf("live", LOCAL)).toThrow(expect.objectContaining({ code: "NOT_SUPPORTED" }));
  });

  it("[MK8] live needs to be acknowledged, and a mode that nobody knows is refused", () => {
    const build = (config: object): unknown => Reflect.construct(AlpacaClient, [config]);
    for (const config of [
      { mode: "live", keys: KEYS },
      { mode: "live", keys: KEYS, liveAcknowledged: "yes" },
      { mode: "demo", keys: KEYS },
      { mockMode: false },
    ]) {
      expect(() => build(config)).toThrow(expect.objectContaining({ code: "NOT_SUPPORTED" }));
    }
    expect(new AlpacaClient({ mode: "live", keys: KEYS, liveAcknowledged: true })).toMatchObject({
      mode: "live",
      name: "Alpaca",
    });
    expect(new AlpacaClient({ mode: "paper", keys: KEYS }).isConnected()).toBe(false);
    expect(() => new AlpacaClient({ mode: "paper", keys: KEYS }).simulateError("TIMEOUT")).toThrow(
      expect.objectContaining({ code: "NOT_SUPPORTED" }),
    );
  });
});
