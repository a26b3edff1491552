import { describe, expect, it } from "vitest";
import { EnvError, readEnv } from "./env.ts";

/** The error that an unusable environment is refused with. */
function faultOf(environment: Readonly<Record<string, string>>): EnvError {
  try {
    readEnv(environment);
  } catch (error) {
    if (error instanceof EnvError) return error;
    throw error;
  }
  throw new Error("the environment was accepted");
}

describe("the environment", () => {
  it("[EN1] needs nothing: the defaults are a desk on loopback with invented prices", () => {
    expect(readEnv({})).toMatchObject({
      HOST: "127.0.0.1",
      PORT: 3000,
      MARKET_FEED: { kind: "synthetic", seed: 1 },
      ALLOW_LIVE_TRADING: false,
    });
    expect(readEnv({}).DATA_DIR).toMatch(/^\/.*\/\.data$/);
    expect(readEnv({ PORT: "" }).PORT).toBe(3000);
    expect(readEnv({ DATABASE_URL: "" }).DATABASE_URL).toBeUndefined();
  });

  it("[EN2] names every fault, one line each, and repeats no value", () => {
    const secret = "not-base64-but-secret";
    const given = {
      PORT: "99999",
      MARKET_FEED: "magic",
      MARKET_SPEED: "-1",
      MARKET_START: "25:00",
      PUBLIC_ORIGIN: "https://a.example/path",
    };
    const { message } = faultOf({ ...given, CREDENTIAL_KEY: secret, LOG_LEVEL: "loud" });
    const named = [
      "PORT",
      "MARKET_FEED",
      "MARKET_SPEED",
      "MARKET_START",
      "PUBLIC_ORIGIN.0",
      "LOG_LEVEL",
      "CREDENTIAL_KEY",
    ];
    expect(message.split("\n").map((line) => line.split(" ")[0])).toEqual(named);
    expect(message).not.toContain(secret);
  });

  it("[EN3] reads feeds, speeds, origins and relative folders", () => {
    const env = readEnv({
      MARKET_FEED: "replay:tapes/2013-10-08",
      MARKET_SPEED: "max",
      MARKET_START: "09:30",
      PUBLIC_ORIGIN: "https://a.example, https://b.example:8443",
    });
    expect(env.MARKET_FEED).toEqual({ kind: "replay", folder: expect.stringMatching(/^\/.*\/tapes\/2013-10-08$/) });
    expect(env).toMatchObject({ MARKET_SPEED: "max", PUBLIC_ORIGIN: ["https://a.example", "https://b.example:8443"] });
    expect(readEnv({ MARKET_FEED: "synthetic:42", MARKET_SPEED: "60" })).toMatchObject({
      MARKET_FEED: { seed: 42 },
      MARKET_SPEED: 60,
    });
  });

  it("[EN5] takes a simulator in Alpaca's place on this machine only, and never beside real money", () => {
    expect(readEnv({}).ALPACA_SIMULATOR_URL).toBeUndefined();
    expect(readEnv({ ALPACA_SIMULATOR_URL: "http://127.0.0.1:4711/" }).ALPACA_SIMULATOR_URL).toEqual({
      kind: "simulator",
      trading: "http://127.0.0.1:4711",
      tradingStream: "ws://127.0.0.1:4711/stream",
      data: "http://127.0.0.1:4711",
      dataStream: "ws://127.0.0.1:4711",
    });
    for (const ALPACA_SIMULATOR_URL of [
      "https://paper-api.alpaca.markets",
      "http://localhost:4711",
      "http://10.0.0.7:4711",
      "http://127.0.0.1:4711/v2",
      "http://127.0.0.1:4711/?to=elsewhere",
      "http://user:word@127.0.0.1:4711",
      "4711",
    ]) {
      const { message } = faultOf({ ALPACA_SIMULATOR_URL });
      expect(message).toBe(
        "ALPACA_SIMULATOR_URL must be a simulator on this machine such as http://127.0.0.1:4711, without a path",
      );
    }
    expect(faultOf({ ALPACA_SIMULATOR_URL: "http://127.0.0.1:4711", ALLOW_LIVE_TRADING: "1" }).message).toMatch(
      /^ALPACA_SIMULATOR_URL must be unset[^\n]*$/,
    );
  });

  it("[EN4] never trades real money under test or development", () => {
    expect(readEnv({ ALLOW_LIVE_TRADING: "1" }).ALLOW_LIVE_TRADING).toBe(true);
    for (const NODE_ENV of ["test", "development"])
      expect(() => readEnv({ NODE_ENV, ALLOW_LIVE_TRADING: "1" })).toThrow("ALLOW_LIVE_TRADING");
  });
});
