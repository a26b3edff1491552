import { SystemClock } from "@trenddojo/brokers";
import type { DeskFacts } from "../desk/DeskFacts.ts";
import type { RunningDesk } from "../desk/RunningDesk.ts";
import type { OracleOrder, OracleRun, OracleWord } from "../oracle/Oracle.ts";
import { addDecimals } from "./decimals.ts";

const LOOK_MS = 60;
const OPEN_QUESTIONS: readonly string[] = ["INTENT", "SENDING", "UNKNOWN", "PENDING_CANCEL", "PENDING_REPLACE"];
/** What a halt ends. */
const AT_WORK: readonly string[] = ["WORKING", "PARTIALLY_FILLED"];

/**
 * Gives the desk time to agree with the broker, and where trading is halted to cancel everything.
 * @returns what both say then, or when the time is over. The broker is asked last and not again: an order that works may be
 * filled at any later moment.
 */
export async function untilSettled(
  desk: RunningDesk,
  oracle: OracleRun,
  limitMs: number,
  isHalted = false,
): Promise<{ readonly facts: DeskFacts; readonly oracle: OracleWord }> {
  const passing = new Set(isHalted ? [...OPEN_QUESTIONS, ...AT_WORK] : OPEN_QUESTIONS);
  const clock = new SystemClock();
  const end = clock.monotonic() + limitMs;
  for (;;) {
    const facts = await desk.facts();
    const word = await oracle.word();
    const isSettled = !facts.orders.some(({ state }) => passing.has(state));
    if (clock.monotonic() > end || (isSettled && hasAllFills(facts, word))) return { facts, oracle: word };
    await clock.sleep(LOOK_MS);
  }
}

/** Every execution at the broker is booked here. */
function hasAllFills({ orders }: DeskFacts, { journal }: OracleWord): boolean {
  const told = journal.filter((entry): entry is OracleOrder => entry.kind === "order");
  return orders.every(({ clientOrderId, fills }) => {
    const there = told.flatMap((each) => (each.clientOrderId === clientOrderId ? (each.execution?.qty ?? []) : []));
    return there.length === 0 || addDecimals(there) === addDecimals(fills.map(({ quantity }) => quantity));
  });
}
