import { ORDER_TYPES, TIMES_IN_FORCE } from "@trenddojo/brokers/domain";
import type { TimeInForce } from "@trenddojo/brokers/domain";
import type { BrokerCard, InstrumentView } from "@trenddojo/server/wire";
import { signOf } from "../../../lib/decimalText.ts";
import { CLASS_OF_EXITS, EXIT_CHOICES } from "./exitsDraft.ts";
import type { ExitChoice } from "./exitsDraft.ts";
import { ORDER_TYPE_NAMES, TIME_IN_FORCE_NAMES } from "./orderText.ts";
import { exitChoiceOf, isEntryType, isInDollars } from "./ticketDraft.ts";
import type { TicketDraft, TicketType } from "./ticketDraft.ts";

type Capabilities = BrokerCard["capabilities"];

interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
  readonly disabledReason: string | undefined;
}

/** Order types for the ticket: what the broker cannot do is there, disabled, with the reason. */
export function orderTypeChoices(capabilities: Capabilities): readonly Choice<TicketType>[] {
  return [
    ...ORDER_TYPES.map((value) => ({
      value,
      label: ORDER_TYPE_NAMES[value],
      disabledReason: reasonOf(capabilities.orderTypes[value]),
    })),
    {
      value: "trailing_stop",
      label: ORDER_TYPE_NAMES.trailing_stop,
      disabledReason: reasonOf(capabilities.orderTypes.stop) ?? reasonOf(capabilities.trailingStop),
    },
  ];
}

/** The ticket's selects are half as wide as the ticket. */
const SHORT_NAMES: Readonly<Record<TimeInForce, string>> = {
  ...TIME_IN_FORCE_NAMES,
  gtc: "Until canceled",
  ioc: "Now or cancel",
};

export function timeInForceChoices(capabilities: Capabilities, draft: TicketDraft): readonly Choice<TimeInForce>[] {
  return TIMES_IN_FORCE.map((value) => ({
    value,
    label: SHORT_NAMES[value],
    disabledReason: reasonOf(capabilities.timesInForce[value]) ?? misfit(value, draft),
  }));
}

/** Why an order of this kind cannot last so long; undefined where it can. */
function misfit(timeInForce: TimeInForce, draft: TicketDraft): string | undefined {
  if (timeInForce === "day" || timeInForce === "gtc") return undefined;
  if (!isEntryType(draft.type)) return "a stop waits: for the day, or until canceled";
  return exitChoiceOf(draft) === "none" ? undefined : "exits wait: for the day, or until canceled";
}

/** Why the order cannot be for an amount of money; undefined where it can. */
export function dollarsReason(capabilities: Capabilities, instrument: InstrumentView): string | undefined {
  return reasonOf(capabilities.notional) ?? (instrument.fractionable ? undefined : "traded in whole shares");
}

/** Whether parts of a share may be ordered: market and limit orders of the day, where broker and instrument take them. */
export function takesParts(capabilities: Capabilities, instrument: InstrumentView, draft: TicketDraft): boolean {
  return (
    capabilities.fractional.supported &&
    instrument.fractionable &&
    isEntryType(draft.type) &&
    draft.timeInForce === "day"
  );
}

const EXIT_NAMES = {
  none: "None",
  take_profit: "Take profit",
  stop_loss: "Stop loss",
  both: "Take profit and stop loss",
  oco: "One cancels the other",
} as const satisfies Record<ExitChoice, string>;

/** Exits for the ticket. `held` is the position in the instrument, below zero where it was sold short. */
export function exitChoices(
  capabilities: Capabilities,
  draft: TicketDraft,
  held: string | undefined,
): readonly Choice<ExitChoice>[] {
  return EXIT_CHOICES.map((value) => {
    const orderClass = CLASS_OF_EXITS[value];
    const missing = orderClass === "simple" ? undefined : reasonOf(capabilities.orderClasses[orderClass]);
    return { value, label: EXIT_NAMES[value], disabledReason: missing ?? exitMisfit(value, draft, held) };
  });
}

function exitMisfit(choice: ExitChoice, draft: TicketDraft, held: string | undefined): string | undefined {
  if (choice === "none") return undefined;
  if (choice === "oco") {
    if (held === undefined) return "what is held is not known yet";
    if (draft.side === "sell") return signOf(held) > 0 ? undefined : "nothing is held to sell";
    return signOf(held) < 0 ? undefined : "nothing was sold short to buy back";
  }
  if (!isEntryType(draft.type)) return "an entry is a market or a limit order";
  return isInDollars(draft) ? "exits need a number of shares" : undefined;
}

/** Why a capability cannot be used; undefined where it can. */
export function reasonOf(capability: Capabilities["fractional"]): string | undefined {
  return capability.supported ? undefined : (capability.reason ?? "not offered by this broker");
}
