import type { TradingHaltView, TradingStateView } from "@trenddojo/server/wire";

export type HaltStep = TradingHaltView["steps"][number];
type State = TradingStateView["state"];

/** What a trading state is called, and what passes in it. */
export const STATE_TEXT = {
  ACTIVE: { name: "Active", meaning: "Orders pass when every limit holds." },
  REDUCING: { name: "Reducing", meaning: "Only orders that make a position smaller pass. Cancels always do." },
  HALTED: { name: "Halted", meaning: "No order passes. Cancels always do." },
} as const satisfies Record<State, { readonly name: string; readonly meaning: string }>;

export const STEP_TEXT = {
  requested: { word: "Requested", tone: "busy" },
  confirmed: { word: "Confirmed", tone: "good" },
  unconfirmed: { word: "Unconfirmed", tone: "warn" },
  failed: { word: "Failed", tone: "bad" },
} as const satisfies Record<HaltStep["state"], { readonly word: string; readonly tone: string }>;

const count = (many: number, thing: string) => `${many} ${thing}${many === 1 ? "" : "s"}`;

/** What is known of one broker since a halt, in a sentence without its state. */
export function stepDetail(step: HaltStep): string {
  const remaining =
    step.remaining === null ? "the broker has not said what remains" : `${count(step.remaining, "order")} remaining`;
  switch (step.state) {
    case "requested":
      return `asked to cancel ${count(step.openOrders, "open order")}`;
    case "confirmed":
      return "the broker names no open order";
    case "unconfirmed":
      return `being asked again: attempt ${step.attempts}, ${remaining}`;
    case "failed":
      return `attempt ${step.attempts} failed, ${remaining}; it is tried again`;
  }
}

/** "by ada", "from the command line": who brought the state about; empty for the beginning. */
export function originText({ changedBy, halt, state }: TradingStateView): string {
  if (changedBy !== null) return `by ${changedBy}`;
  if (state !== "HALTED" || halt === null) return "";
  return halt.source === "desk" ? "by the desk itself" : "from the command line";
}

/** "2 of 3 brokers confirm that no order is open" */
export function haltSummary({ steps }: TradingHaltView): string {
  if (steps.length === 0) return "no broker was connected";
  const confirmed = steps.filter(({ state }) => state === "confirmed").length;
  if (confirmed === steps.length && steps.length === 1) return "the broker confirms that no order is open";
  return `${confirmed} of ${count(steps.length, "broker")} confirm${confirmed === 1 ? "s" : ""} that no order is open`;
}
