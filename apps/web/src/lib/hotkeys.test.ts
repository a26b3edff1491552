import { expect, test } from "vitest";
import { NO_CHORD, readKey } from "./hotkeys.ts";

const known = new Set(["/", "b", "s", "g o", "g s"]);
const type = (keys: readonly (readonly [string, number])[]) => {
  let state = NO_CHORD;
  return keys.map(([key, at]) => {
    const read = readKey(state, key, at, known);
    state = read.state;
    return read.chord;
  });
};

test("[UH1] single keys and pairs are told apart: g s goes to the settings, s alone opens a ticket", () => {
  expect(
    type([
      ["g", 0],
      ["s", 100],
      ["s", 200],
      ["/", 300],
    ]),
  ).toEqual([null, "g s", "s", "/"]);
});

test("[UH2] a pair that takes too long or is unknown is forgotten", () => {
  expect(
    type([
      ["g", 0],
      ["o", 5_000],
      ["g", 6_000],
      ["z", 6_100],
      ["o", 6_200],
    ]),
  ).toEqual([null, null, null, null, null]);
});
