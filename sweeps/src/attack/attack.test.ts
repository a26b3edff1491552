import { expect, it } from "vitest";
import { runAttacks } from "./runAttacks.ts";

it("[SV236] under attack the desk refuses, in more than one way, and serves the good user every call", async () => {
  const names = ["giant batches", "all at once"];
  const rows = await runAttacks({ seconds: 5, size: 30, names, onRow: () => undefined });
  expect(rows.map(({ attack, failures }) => ({ attack, failures }))).toEqual(
    ["quiet", ...names].map((attack) => ({ attack, failures: [] })),
  );
  const [, batches, everything] = rows;
  // Too many calls in one request, and on one socket.
  expect(Object.keys(batches?.tally ?? {})).toEqual(expect.arrayContaining(["HTTP 400", "closed 1008"]));
  // No session; too many sockets or guesses.
  expect(Object.keys(everything?.tally ?? {})).toEqual(expect.arrayContaining(["HTTP 401", "HTTP 429"]));
});
