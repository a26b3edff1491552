import path from "node:path";
import { startSignedIn } from "../desk/DeskProcess.ts";
import { prepareDesk, type PreparedDesk, type StoreKind } from "../desk/prepareDesk.ts";
import { WireProxy } from "../faults/WireProxy.ts";
import { Oracle } from "../oracle/Oracle.ts";
import { Tally } from "../run/Tally.ts";
import { faultRun, type FaultResult } from "./faultRun.ts";
import { planFault, type FaultPlan } from "./planFault.ts";

/** Half-open connections are given up after a part of what a desk waits. */
const HASTE = 2;
/** So many runs share a desk, which has to make good each of them before the next. */
const RUNS_A_LIFE = 32;

export interface NetworkSweep {
  readonly runs: number;
  readonly seed: number;
  readonly store: StoreKind;
  /** Hears of each run as it ends. */
  readonly onRun: (line: string) => void;
}

/**
 * Lets everything go wrong on the wire, one thing a run: the run with the seed `seed + i` has the fault
 * `(seed + i) mod 16`.
 */
export async function sweepNetwork({ runs, seed, store, onRun }: NetworkSweep): Promise<Tally> {
  const tally = new Tally(seed);
  await using oracle = new Oracle();
  await using prepared = await prepareDesk(oracle, store);
  for (let first = 0; first < runs; first += RUNS_A_LIFE) {
    const plans = Array.from({ length: Math.min(RUNS_A_LIFE, runs - first) }, (_, index) =>
      planFault(seed + first + index),
    );
    await live(oracle, prepared, plans, (plan, result, ms) => {
      tally.add(result.breaches, result.submits);
      onRun(describe(plan, result, ms));
    });
  }
  return tally;
}

async function live(
  oracle: Oracle,
  prepared: PreparedDesk,
  plans: readonly FaultPlan[],
  onEnd: (plan: FaultPlan, result: FaultResult, ms: number) => void,
): Promise<void> {
  await using copy = await prepared.copy();
  const journalFile = path.join(copy.folder, "journal");
  await using simulator = await oracle.open({ seed: plans[0]?.seed ?? 1, journalFile, latencyMs: 0 });
  await using proxy = await WireProxy.open(simulator.url);
  const { dataDir, databaseUrl } = copy;
  const options = { dataDir, databaseUrl, venue: proxy.url, fail: null, haste: HASTE, logLevel: "fatal" };
  await using desk = await startSignedIn(options);
  const rig = { desk, simulator, proxy, accountId: prepared.accountId, submits: [] };
  for (const plan of plans) {
    const startedAt = performance.now();
    const result = await faultRun(rig, plan);
    onEnd(plan, result, Math.round(performance.now() - startedAt));
  }
}

function describe({ seed, fault }: FaultPlan, { breaches, states }: FaultResult, ms: number): string {
  const found = breaches.map(({ invariant, what }) => `\n  ${invariant}: ${what}`).join("");
  return `seed ${seed}: ${fault}; ${states.join(" ")} [${ms} ms]${found}`;
}
