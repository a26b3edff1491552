import path from "node:path";
import { SeededRandom, SystemClock } from "@trenddojo/brokers";
import type { BrokerKind } from "../desk/BrokerKind.ts";
import { spawnDesk, startDesk, startSignedIn, type DeskProcess } from "../desk/DeskProcess.ts";
import type { DeskOptions } from "../desk/deskOptions.ts";
import type { PreparedDesk } from "../desk/prepareDesk.ts";
import { WireProxy } from "../faults/WireProxy.ts";
import type { Oracle } from "../oracle/Oracle.ts";
import { checkRun, type Breach } from "../run/checkRun.ts";
import { planOrders } from "../run/planOrders.ts";
import type { Submit } from "../run/Submit.ts";
import { submitAll } from "../run/submitAll.ts";
import { untilSettled } from "../run/untilSettled.ts";
import { untilStalled } from "../run/untilStalled.ts";
import { cutGatewayOrder } from "./cutGatewayOrder.ts";
import { cutOrder } from "./cutOrder.ts";
import { nthOf, type CrashPlan } from "./planCrash.ts";
import { PointNotReached } from "./PointNotReached.ts";

/** The desk waits so many times faster than it would: its patience is not what is tried here. */
const HASTE = 2;
const SETTLE_MS = 90_000;
/** So many looks at a desk that is to be killed may see nothing new. */
const STALLED_LOOKS = 60;

/** What the runs of a sweep share. */
export interface CrashRig {
  readonly broker: BrokerKind;
  readonly oracle: Oracle;
  readonly prepared: PreparedDesk;
}

export interface CrashResult {
  readonly breaches: readonly Breach[];
  /** What every order became, for the run's line. */
  readonly states: readonly string[];
  readonly submits: readonly Submit[];
}

/** One life of a desk that ends at the plan's point, and the next one that has to make it good. @throws PointNotReached */
export async function crashRun(rig: CrashRig, plan: CrashPlan): Promise<CrashResult> {
  const { broker, oracle, prepared } = rig;
  await using copy = await prepared.copy();
  const { seed, latencyMs } = plan;
  await using simulator = await oracle.open({
    broker,
    seed,
    journalFile: path.join(copy.folder, "journal"),
    latencyMs,
  });
  await using proxy = await WireProxy.open(simulator.url);
  const options: DeskOptions = {
    dataDir: copy.dataDir,
    databaseUrl: copy.databaseUrl,
    broker,
    venue: proxy.url,
    fail: null,
    haste: HASTE,
    aheadMs: oracle.aheadMs,
    logLevel: "fatal",
  };
  const accounts = [prepared.accountId, ...(plan.isMixed ? [prepared.paperAccountId] : [])] as const;
  const submits = planOrders(new SeededRandom(seed), plan.orders, accounts, { isCommanded: broker === "alpaca" });
  const cookie = await liveUntilKilled(plan, options, proxy, submits);
  await using second = await startAgain(plan, options, cookie);
  const haltedAt = await submitAndHalt(plan, second, submits, oracle.aheadMs);
  await using third = haltedAt !== null && plan.diesHalted ? await killAndStart(second, options, cookie) : null;
  const desk = third ?? second;
  const settled = await untilSettled(desk, simulator, SETTLE_MS, haltedAt !== null);
  const { facts } = settled;
  const { accountId } = prepared;
  const word = { submits, ...settled, accountId, key: simulator.key, haltedAt };
  return {
    submits,
    breaches: checkRun(word),
    states: facts.orders.map(({ state, attempt }) => (attempt > 1 ? `${state}*${attempt}` : state)),
  };
}

/** @returns the cookie of who was signed in there, and still is at the next life */
async function liveUntilKilled(
  plan: CrashPlan,
  options: DeskOptions,
  proxy: WireProxy,
  submits: readonly Submit[],
): Promise<string> {
  const { point } = plan;
  const nth = nthOf(plan, submits.filter(({ command }) => command !== null).length);
  const isOnWire = point === "C8" || point === "C9";
  const fail = isOnWire ? null : { point, nth };
  let kill = (): void => undefined;
  const cut = options.broker === "interactive_brokers" ? cutGatewayOrder : cutOrder;
  if (isOnWire) proxy.tamper = cut(point, nth, plan.bytes, () => kill());
  await using desk = await startSignedIn({ ...options, fail });
  kill = () => void desk.kill();
  // From the beginning: one that is told from now on may miss the first, and never come to C12.
  desk.client.api.orders.events.subscribe({ lastEventId: "0" }, { onError: () => undefined });
  const over = new AbortController();
  try {
    await Promise.race([
      neverKilled(plan, desk, submits, over.signal),
      Promise.all([submitAll(desk, submits), desk.gone()]),
    ]);
  } finally {
    over.abort();
  }
  proxy.tamper = () => ({});
  proxy.resetAll();
  return desk.client.cookie();
}

/** @throws PointNotReached once the desk goes on living with nothing left to do; never resolves while it is under way or dead */
async function neverKilled(
  plan: CrashPlan,
  desk: DeskProcess,
  submits: readonly Submit[],
  stop: AbortSignal,
): Promise<never> {
  const look = async (): Promise<string> => JSON.stringify([submits, await desk.facts()]);
  try {
    await untilStalled(look, STALLED_LOOKS, stop);
  } catch {
    // It is dead, as it should be, or nobody waits any more: whoever waits for its end goes on.
    return new Promise<never>(() => undefined);
  }
  const orders = (await desk.facts()).orders.map(({ state, messages }) => `${state}: ${messages.join(", ")}`);
  const answers = submits.map(({ answer }) => (answer?.kind === "refused" ? answer.code : (answer?.kind ?? "none")));
  const nth = nthOf(plan, submits.filter(({ command }) => command !== null).length);
  throw new PointNotReached(plan.point, nth, `answers: ${answers.join(" ")}\n${orders.join("\n")}\n${desk.errors}`);
}

/** Sends what has no answer yet. @returns when the halt that the plan wants had answered; null where it wants none */
async function submitAndHalt(
  { haltMs }: CrashPlan,
  desk: DeskProcess,
  submits: readonly Submit[],
  aheadMs: number,
): Promise<number | null> {
  const submitted = submitAll(desk, submits);
  if (haltMs === null) {
    await submitted;
    return null;
  }
  const clock = new SystemClock();
  await clock.sleep(haltMs);
  await desk.client.api.orders.halt.mutate({ reason: "by the plan" });
  const haltedAt = clock.now() + aheadMs;
  await submitted;
  return haltedAt;
}

async function killAndStart(desk: DeskProcess, options: DeskOptions, cookie: string): Promise<DeskProcess> {
  await desk.kill();
  return startDesk(options, cookie);
}

/** As often as the plan kills it. */
async function startAgain(plan: CrashPlan, options: DeskOptions, cookie: string): Promise<DeskProcess> {
  if (plan.secondKillMs !== null) {
    const child = spawnDesk(options);
    await new SystemClock().sleep(plan.secondKillMs);
    await child.kill();
  }
  return startDesk(options, cookie);
}
