import { SeededRandom, SystemClock } from "@trenddojo/brokers";
import type { RunningDesk } from "../desk/RunningDesk.ts";
import { cutAnswer, halfOpen, latency, resetRequest, slicer } from "../faults/wireFaults.ts";
import type { Tamper, WireProxy } from "../faults/WireProxy.ts";
import { ORACLE_KEYS } from "../oracle/keys.ts";
import type { OracleRun } from "../oracle/Oracle.ts";
import { checkRun, type Breach } from "../run/checkRun.ts";
import { planOrders } from "../run/planOrders.ts";
import type { Submit } from "../run/Submit.ts";
import { submitAll } from "../run/submitAll.ts";
import { untilSettled } from "../run/untilSettled.ts";
import { scriptOf, type FaultPlan } from "./planFault.ts";

const SETTLE_MS = 90_000;

/** A desk at its broker, with the wire in between in our hands. */
export interface NetworkRig {
  readonly desk: RunningDesk;
  readonly simulator: OracleRun;
  readonly proxy: WireProxy;
  readonly accountId: string;
  /** Of the runs before on this desk: they have to stay true. */
  readonly submits: Submit[];
}

export interface FaultResult {
  readonly breaches: readonly Breach[];
  /** What this run's orders became. */
  readonly states: readonly string[];
  readonly submits: readonly Submit[];
}

/** Places orders while one thing goes wrong, lets it end, and looks at what is left of all runs so far. */
export async function faultRun(rig: NetworkRig, plan: FaultPlan): Promise<FaultResult> {
  const { desk, simulator, proxy, accountId, submits } = rig;
  const random = new SeededRandom(plan.seed);
  const own = planOrders(random, plan.orders, [accountId], { before: submits.length, isCommanded: true });
  submits.push(...own);
  const script = scriptOf(plan);
  if (script !== null) await simulator.addFaults(script);
  const clock = new SystemClock();
  const tamper = tamperOf(plan, random);
  if (tamper !== null) proxy.tamper = tamper;
  if (plan.fault === "down") {
    proxy.isDown = true;
    proxy.resetAll();
  }
  const submitted = submitAll(desk, own);
  // So long nobody answers; the others go wrong at the first order that they see.
  if (plan.fault === "down") {
    await clock.sleep(plan.ms * 10);
    proxy.isDown = false;
  }
  await submitted;
  proxy.tamper = () => ({});
  const { facts, oracle } = await untilSettled(desk, simulator, SETTLE_MS);
  const breaches = checkRun({ submits, facts, oracle, accountId, key: ORACLE_KEYS.key, haltedAt: null });
  const states = own.map(({ key, answer }) => {
    if (answer?.kind === "refused") return answer.code;
    const row = facts.orders.find((order) => order.key === key);
    return row === undefined ? "nothing" : row.attempt > 1 ? `${row.state}*${row.attempt}` : row.state;
  });
  return { breaches, states, submits: own };
}

function tamperOf({ fault, bytes, ms }: FaultPlan, random: SeededRandom): (() => Tamper) | null {
  switch (fault) {
    case "latency":
      return latency(new SystemClock(), random, ms);
    case "slicer":
      return slicer();
    case "reset_request":
      return resetRequest(bytes);
    case "reset_answer":
      return cutAnswer(bytes, "reset");
    case "slow_close":
      return cutAnswer(bytes, "end");
    case "half_open":
      return halfOpen();
    case "down":
    case "error_after_accept":
    case "dropped_after_accept":
    case "error_before_accept":
    case "truncated_answer":
    case "garbage_answer":
    case "too_many_with_reset":
    case "too_many_without":
    case "duplicate_events":
    case "reordered_events":
      return null;
  }
}
