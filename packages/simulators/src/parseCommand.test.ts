import { describe, expect, it } from "vitest";
import { CommandError, parseCommand } from "./parseCommand.ts";

const WHOLE = ["alpaca", "--port", "0", "--key", "K", "--secret", "S"];

describe("the command line", () => {
  it("[AS80] needs the vendor, a port and credentials; the rest has its defaults", () => {
    expect(parseCommand(WHOLE)).toEqual({
      vendor: "alpaca",
      port: 0,
      key: "K",
      secret: "S",
      seed: 1,
      replayFolder: null,
      cash: "100000",
      faultsFile: null,
      stateFile: null,
      journalFile: null,
      hours: "always",
    });
  });

  it("[AS80] takes every option", () => {
    const more = [
      "--seed",
      "7",
      "--feed",
      "replay:days/2013-10-08",
      "--cash",
      "5000.50",
      "--faults",
      "f.jsonl",
      "--state",
      "s.json",
      "--journal",
      "j.jsonl",
    ];
    expect(parseCommand([...WHOLE, ...more])).toMatchObject({
      seed: 7,
      replayFolder: "days/2013-10-08",
      cash: "5000.50",
      faultsFile: "f.jsonl",
      stateFile: "s.json",
      journalFile: "j.jsonl",
    });
    expect(parseCommand([...WHOLE, "--hours", "exchange"])).toMatchObject({ hours: "exchange" });
  });

  it("[TW93] tws needs a port alone, and takes every option of its own", () => {
    const usual = { vendor: "tws", port: 0, maxVersion: 193, accounts: ["DU1234567"], cash: "1000000", seed: 1 };
    expect(parseCommand(["tws", "--port", "0"])).toMatchObject(usual);
    const more = ["--max-version", "178", "--accounts", "DU1,DU22222", "--cash", "5"];
    expect(() => parseCommand(["tws", "--port", "0", ...more])).toThrow(CommandError);
    expect(parseCommand(["tws", "--port", "0", ...more.with(3, "DU11,DU22")])).toMatchObject({
      maxVersion: 178,
      accounts: ["DU11", "DU22"],
      cash: "5",
    });
  });

  it.each([
    ["a version that is not spoken", ["--max-version", "194"]],
    ["a version that is too old", ["--max-version", "156"]],
    ["a key, which it has none of", ["--key", "K"]],
    ["an account twice", ["--accounts", "DU1234,DU1234"]],
    ["an unknown feed", ["--feed", "tarot"]],
  ])("[TW93] tws refuses %s", (_, args) => {
    expect(() => parseCommand(["tws", "--port", "0", ...args])).toThrow(CommandError);
  });

  it("[AS81] alpaca refuses what is of tws", () => {
    expect(() => parseCommand([...WHOLE, "--accounts", "DU1234567"])).toThrow(CommandError);
  });

  it.each([
    ["no vendor", WHOLE.slice(1)],
    ["another vendor", ["robinhood", ...WHOLE.slice(1)]],
    ["no port", ["alpaca", "--key", "K", "--secret", "S"]],
    ["a port that is none", ["alpaca", "--port", "70000", "--key", "K", "--secret", "S"]],
    ["no secret", ["alpaca", "--port", "0", "--key", "K"]],
    ["an unknown option", [...WHOLE, "--verbose"]],
    ["an unknown feed", [...WHOLE, "--feed", "tarot"]],
  ])("[AS81] refuses %s", (_, args) => {
    expect(() => parseCommand(args)).toThrow(CommandError);
  });
});
