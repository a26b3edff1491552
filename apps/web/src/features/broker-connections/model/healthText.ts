import { URGENCIES } from "@trenddojo/brokers/domain";
import type { Urgency } from "@trenddojo/brokers/domain";
import type { ConnectionView } from "@trenddojo/server/wire";
import { formatDecimal } from "../../../lib/decimalText.ts";

type Budget = ConnectionView["status"]["budget"][number];

const URGENCY_NAMES = {
  cancel: "cancels",
  reduce: "reducing orders",
  lookup: "look-ups",
  order: "orders",
  read: "reads",
  history: "history",
} as const satisfies Record<Urgency, string>;

/** Who waits for a request, most urgent first: "waiting: orders 2, reads 5"; "nothing waits". */
export function queuedText(queued: Budget["queued"]): string {
  const waiting = URGENCIES.flatMap((urgency) => {
    const many = queued[urgency] ?? 0;
    return many === 0 ? [] : [`${URGENCY_NAMES[urgency]} ${many}`];
  });
  return waiting.length === 0 ? "nothing waits" : `waiting: ${waiting.join(", ")}`;
}

/** "45 of 50 a second left" */
export function leftText({ remaining, limit, windowMs }: Budget): string {
  const window = WINDOW_NAMES.get(windowMs) ?? `in ${formatDecimal(windowMs / 1_000)} s`;
  return `${remaining} of ${limit} ${window} left`;
}

const WINDOW_NAMES: ReadonlyMap<number, string> = new Map([
  [1_000, "a second"],
  [60_000, "a minute"],
]);

/** How full a budget is, for its bar: from four fifths on it warns, spent it is bad. */
export function judgeBudget({ limit, remaining }: Budget): {
  readonly share: number;
  readonly tone: "calm" | "warn" | "bad";
} {
  const share = limit <= 0 ? 0 : Math.max(0, Math.min(1, remaining / limit));
  return { share, tone: remaining <= 0 ? "bad" : share < 0.2 ? "warn" : "calm" };
}

/** "median 42 ms, p99 180 ms, of the last 100 orders" */
export function executionText(times: ConnectionView["executionTimes"]): string {
  if (times === null) return "no order was answered yet";
  const ms = (value: number) => `${formatDecimal(value, { maxDecimals: value < 10 ? 1 : 0 })} ms`;
  const orders = times.count === 1 ? "1 order" : `${times.count} orders`;
  return `median ${ms(times.medianMs)}, p99 ${ms(times.p99Ms)}, of the last ${orders}`;
}
