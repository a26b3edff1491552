import fc from "fast-check";
import { anyLife } from "./fuzzActs.ts";
import { liveLife } from "./liveLife.ts";
import { TraceHash } from "./traceHash.ts";

export interface SweepOptions {
  /** Random acts to do at least; a life that was begun is lived to its end. */
  readonly acts: number;
  readonly seed: number;
}

export interface SweepResult {
  readonly acts: number;
  readonly lives: number;
  /** Events of all journals. */
  readonly events: number;
  readonly eventsByType: Readonly<Record<string, number>>;
  /** The same seed and number of acts give the same one. */
  readonly traceHash: string;
}

/** Lives that are drawn together; the seed of a batch is the sweep's plus its number. */
const BATCH = 50;

/**
 * Lives random lives and checks each act of each.
 * @throws Error with the seed, the path and the shrunken life of the first that breaks a rule.
 */
export function sweepPaper({ acts, seed }: SweepOptions): SweepResult {
  const trace = new TraceHash();
  const eventsByType: Record<string, number> = {};
  let done = 0;
  let lives = 0;
  let events = 0;
  for (let batch = 0; done < acts; batch += 1) {
    fc.assert(
      fc.property(anyLife, (life) => {
        const { journal, faults } = liveLife(life);
        if (faults.length > 0) throw new Error(faults.join("\n"));
        done += life.acts.length;
        lives += 1;
        events += journal.length;
        for (const event of journal) eventsByType[event.type] = (eventsByType[event.type] ?? 0) + 1;
        trace.add(JSON.stringify(journal));
      }),
      { seed: seed + batch, numRuns: BATCH },
    );
  }
  return { acts: done, lives, events, eventsByType, traceHash: trace.digest() };
}
