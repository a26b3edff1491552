import { createHash } from "node:crypto";
import { createTestStore } from "@trenddojo/db/testing";
import { interleave, type Interleaving, type Plant } from "@trenddojo/server/testing";

export interface InterleaveSweep {
  readonly runs: number;
  readonly seed: number;
  /** What is to be wrong with the desk. @default nothing */
  readonly plant?: Plant | null;
  readonly onFault: (line: string) => void;
}

export interface InterleaveCount {
  readonly runs: number;
  /** Runs that left something wrong behind. */
  readonly faults: number;
  /** Of all that happened in all runs, in order. */
  readonly hash: string;
  readonly turns: number;
}

/** Runs with the seeds `seed` to `seed + runs - 1`, each on an account of its own in one store. */
export async function sweepInterleavings(sweep: InterleaveSweep): Promise<InterleaveCount> {
  const { runs, seed, plant = null, onFault } = sweep;
  await using store = await createTestStore();
  const hash = createHash("sha256");
  let faults = 0;
  let turns = 0;
  for (let run = seed; run < seed + runs; run += 1) {
    const result = await interleave(store.db, run, plant).catch((error: unknown) => failed(error));
    hash.update(result.hash);
    turns += result.turns;
    if (result.faults.length === 0) continue;
    faults += 1;
    onFault(`seed ${run}: ${result.states.join(" ")}\n${result.faults.map((fault) => `  ${fault}\n`).join("")}`);
  }
  return { runs, faults, hash: hash.digest("hex").slice(0, 16), turns };
}

function failed(error: unknown): Interleaving {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { hash: "", turns: 0, faults: [what], states: [] };
}
