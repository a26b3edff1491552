import { SystemClock } from "@trenddojo/brokers";
import { nextBeginning } from "@trenddojo/brokers/testing";
import type { BrokerKind } from "../desk/BrokerKind.ts";
import { prepareDesk, type StoreKind } from "../desk/prepareDesk.ts";
import { Oracle } from "../oracle/Oracle.ts";
import { Tally } from "../run/Tally.ts";
import { crashRun, type CrashRig, type CrashResult } from "./crashRun.ts";
import { CRASH_POINTS, nthOf, planCrash, type CrashPlan } from "./planCrash.ts";
import { untilReached } from "./untilReached.ts";

/** By then everybody has noticed. */
const OPEN_SINCE_MS = 60_000;

export interface CrashSweep {
  readonly runs: number;
  readonly seed: number;
  readonly store: StoreKind;
  readonly broker: BrokerKind;
  /** Runs at a time. */
  readonly lanes: number;
  /** Hears of each run as it ends. */
  readonly onRun: (line: string) => void;
}

/** Kills desks at each point in turn, and looks at what is left. The run with the seed `seed + i` dies at point `i mod 12`. */
export async function sweepCrashes({ runs, seed, store, broker, lanes, onRun }: CrashSweep): Promise<Tally> {
  const tally = new Tally(seed);
  await using oracle = new Oracle(broker === "alpaca" ? 0 : untilMarketOpensMs());
  await using prepared = await prepareDesk(oracle, store, broker);
  const rig: CrashRig = { broker, oracle, prepared };
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < runs) {
      const plan = planCrash(seed + next, CRASH_POINTS[(seed + next) % CRASH_POINTS.length] ?? "C1");
      next += 1;
      const startedAt = performance.now();
      const result = await untilReached(
        () => crashRun(rig, plan),
        ({ message }) => {
          tally.repeat();
          onRun(`seed ${plan.seed}: again, for ${message}`);
        },
      ).catch((error: unknown) => failed(error));
      tally.add(result.breaches, result.submits);
      onRun(describe(plan, result, Math.round(performance.now() - startedAt)));
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, runs) }, work));
  return tally;
}

/** Interactive Brokers' client refuses market orders while the exchange is closed: for the sweep it has just opened. */
function untilMarketOpensMs(): number {
  const now = new SystemClock().now();
  return nextBeginning(now, "regular") - now + OPEN_SINCE_MS;
}

/** A run that could not be finished proves nothing: it counts as a breach. */
function failed(error: unknown): CrashResult {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { breaches: [{ invariant: "I1", kind: "unresolved", what }], states: [], submits: [] };
}

function describe(plan: CrashPlan, { breaches, states, submits }: CrashResult, ms: number): string {
  const { seed, point, secondKillMs, haltMs, diesHalted } = plan;
  const commands = submits.flatMap(({ command, commandAnswer: answer }) =>
    command === null ? [] : `${command.kind}: ${answer?.kind === "refused" ? answer.code : (answer?.state ?? "none")}`,
  );
  const nth = nthOf(plan, commands.length);
  const again = secondKillMs === null ? "" : ` and again after ${secondKillMs} ms`;
  const found = breaches.map(({ invariant, what }) => `\n  ${invariant}: ${what}`).join("");
  const halted = haltMs === null ? "" : `, halted after ${haltMs} ms${diesHalted ? " and killed" : ""}`;
  return `seed ${seed}: killed at ${point} (${nth})${again}${halted}; ${[...states, ...commands].join(" ")} [${ms} ms]${found}`;
}
