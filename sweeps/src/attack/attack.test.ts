import { expect, it } from "vitest";
import { runAttacks } from "./runAttacks.ts";

it("[SV236] under all attacks at once the desk refuses them, each in its way, and serves the good user every call", async () => {
  const rows = await runAttacks({ seconds: 4, size: 30, names: ["all at once"], onRow: () => undefined });
  expect(rows.map(({ attack, failures }) => ({ attack, failures }))).toEqual([
    { attack: "quiet", failures: [] },
    { attack: "all at once", failures: [] },
  ]);
  const tally = rows[1]?.tally ?? {};
  // No session; too many sockets or guesses; too many frames, messages or fragments; too many in one batch.
  expect(Object.keys(tally)).toEqual(
    expect.arrayContaining(["HTTP 401", "HTTP 429", "closed 1008", "HTTP 400", "refused"]),
  );
});
