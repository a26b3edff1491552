import { parseFixed } from "@trenddojo/brokers/domain";
import type { OrderClass, OrderSide } from "@trenddojo/brokers/domain";
import { formatDecimal, PRICE } from "../../../lib/decimalText.ts";
import { numberProblems } from "./draftNumber.ts";

/** `both` makes a bracket, one of them an oto; an `oco` is the pair alone, the ticket's limit being its profit. */
export const EXIT_CHOICES = ["none", "take_profit", "stop_loss", "both", "oco"] as const;
export type ExitChoice = (typeof EXIT_CHOICES)[number];

/** The exits of a ticket, as they are typed. */
export interface ExitsDraft {
  readonly choice: ExitChoice;
  readonly takeProfit: string;
  readonly stopLoss: string;
  /** The limit that holds once the stop is reached; a plain stop where it is empty. */
  readonly stopLimit: string;
}

export const NO_EXITS: ExitsDraft = { choice: "none", takeProfit: "", stopLoss: "", stopLimit: "" };

export const CLASS_OF_EXITS = {
  none: "simple",
  take_profit: "oto",
  stop_loss: "oto",
  both: "bracket",
  oco: "oco",
} as const satisfies Record<ExitChoice, OrderClass | "simple">;

export const takesProfit = (choice: ExitChoice): boolean => choice === "take_profit" || choice === "both";
export const stopsLoss = (choice: ExitChoice): boolean =>
  choice === "stop_loss" || choice === "both" || choice === "oco";

/** Whether the exits sell: those of a purchase do, and an `oco` is itself the exit. */
export const exitsSell = (choice: ExitChoice, side: OrderSide): boolean => (choice === "oco") === (side === "sell");

/** Prices that the exits must lie on their sides of; undefined where nobody has named one. */
export interface ExitBounds {
  readonly side: OrderSide;
  readonly entry: { readonly price: string; readonly name: string } | undefined;
}

export type ExitProblems = Readonly<Record<"takeProfit" | "stopLoss" | "stopLimit", readonly string[]>>;

const NO_PROBLEMS: ExitProblems = { takeProfit: [], stopLoss: [], stopLimit: [] };

/** What keeps the exits from being exits, by field: a number that is none, or a price on the wrong side of another. */
export function exitProblems(exits: ExitsDraft, { side, entry }: ExitBounds): ExitProblems {
  const { choice, takeProfit, stopLoss, stopLimit } = exits;
  if (choice === "none") return NO_PROBLEMS;
  const sells = exitsSell(choice, side);
  const bounds = entry === undefined ? [] : [entry];
  const profit = takesProfit(choice)
    ? priceProblems(takeProfit, "a price, such as 199.00", bounds, sells ? "above" : "below")
    : [];
  if (takesProfit(choice)) bounds.push({ price: takeProfit, name: "take profit" });
  return {
    takeProfit: profit,
    stopLoss: stopsLoss(choice)
      ? priceProblems(stopLoss, "a stop price, such as 180.00", bounds, sells ? "below" : "above")
      : [],
    stopLimit: stopsLoss(choice) && stopLimit !== "" ? numberProblems(stopLimit, "a limit, or nothing") : [],
  };
}

/** At most one sentence: of several prices that it lies on the wrong side of, the first is told. */
function priceProblems(
  price: string,
  wanted: string,
  bounds: readonly { readonly price: string; readonly name: string }[],
  relation: "above" | "below",
): readonly string[] {
  const problems = numberProblems(price, wanted);
  if (problems.length > 0) return problems;
  const crossed = bounds.find((bound) => {
    if (numberProblems(bound.price, "").length > 0) return false;
    const [value, limit] = [parseFixed(price), parseFixed(bound.price)];
    return relation === "above" ? value <= limit : value >= limit;
  });
  if (crossed === undefined) return [];
  return [`It must lie ${relation} the ${crossed.name}, ${formatDecimal(crossed.price, PRICE)}.`];
}

/** The exits as the desk takes them; nothing for `none`. The numbers are those of a draft without problems. */
export function exitsInput({ choice, takeProfit, stopLoss, stopLimit }: ExitsDraft) {
  if (choice === "none") return {};
  return {
    orderClass: CLASS_OF_EXITS[choice],
    ...(takesProfit(choice) ? { takeProfit: { price: takeProfit } } : {}),
    ...(stopsLoss(choice)
      ? { stopLoss: { stopPrice: stopLoss, ...(stopLimit === "" ? {} : { price: stopLimit }) } }
      : {}),
  };
}
