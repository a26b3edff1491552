import type { OrderView, WhyView } from "@trenddojo/server/wire";
import { formatDecimal, PRICE, QUANTITY } from "../../../lib/decimalText.ts";

/** How a number is written: an instant needs the person's clock, the rest is text. */
export type WhyNumber =
  | { readonly label: string; readonly instant: number }
  | { readonly label: string; readonly text: string };

type Writing = "price" | "size" | "instant" | "duration" | "word";

/** What the desk's own rules decide by, in the order in which it is read: the market, then the order, then the rest. */
const KNOWN: ReadonlyMap<string, readonly [label: string, writing: Writing]> = new Map([
  ["quote", ["Side of the quote", "word"]],
  ["by", ["Told by", "word"]],
  ["price", ["Price", "price"]],
  ["last", ["Last print", "price"]],
  ["bid", ["Bid", "price"]],
  ["ask", ["Ask", "price"]],
  ["market", ["Market", "price"]],
  ["shown", ["Size shown", "size"]],
  ["left", ["Left of it for this order", "size"]],
  ["ahead", ["Ahead in the queue", "size"]],
  ["limit", ["Limit", "price"]],
  ["stopPrice", ["Stop price", "price"]],
  ["watermark", ["Best price so far", "price"]],
  ["profit", ["Take profit", "price"]],
  ["stop", ["Stop", "price"]],
  ["bound", ["Furthest price allowed", "price"]],
  ["quantity", ["Quantity", "size"]],
  ["filled", ["Filled", "size"]],
  ["remaining", ["Not filled", "size"]],
  ["held", ["Held", "size"]],
  ["selling", ["Being sold", "size"]],
  ["closable", ["Can be closed", "size"]],
  ["opening", ["More than is held", "size"]],
  ["required", ["Needed", "price"]],
  ["available", ["Available", "price"]],
  ["notional", ["Order value", "price"]],
  ["value", ["Value", "price"]],
  ["referencePrice", ["Reckoned at", "price"]],
  ["nearest", ["Nearest allowed", "price"]],
  ["tickSize", ["Price step", "price"]],
  ["lotSize", ["Lot", "size"]],
  ["status", ["State", "word"]],
  ["since", ["Since", "instant"]],
  ["arrivesAt", ["Reaches the market", "instant"]],
  ["leftMs", ["Time left", "duration"]],
  ["auctionAt", ["Auction", "instant"]],
  ["nextOpenAt", ["Opens", "instant"]],
  ["expiresAt", ["Ends", "instant"]],
  ["now", ["Market time", "instant"]],
  ["ageMs", ["Age of the quote", "duration"]],
  ["maxQuoteAgeMs", ["Oldest quote allowed", "duration"]],
  ["entry", ["Broker's id of the entry", "word"]],
]);

const ORDER = [...KNOWN.keys()];

/** The numbers that decided, labelled; one that is not known here keeps its own name rather than being dropped. */
export function whyNumbers({ params }: WhyView): readonly WhyNumber[] {
  const side = "price" in params ? params["quote"] : undefined;
  return (
    Object.entries(params)
      // The side of the quote names its price.
      .filter(([name]) => name !== "quote" || side === undefined)
      .toSorted(([a], [b]) => rank(a) - rank(b))
      .map(([name, value]) => {
        const [label, writing] = KNOWN.get(name) ?? [name, "word"];
        return written(name === "price" && side !== undefined ? `The ${side}` : label, writing, value);
      })
  );
}

const rank = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);

/** A value that is not of the kind that is expected, such as "no size", is shown as it came. */
function written(label: string, writing: Writing, value: string | number): WhyNumber {
  if (typeof value === "number") {
    if (writing === "instant") return { label, instant: value };
    if (writing === "duration") return { label, text: `${formatDecimal(value)} ms` };
  }
  if (writing === "word" || !/^-?\d+(\.\d+)?$/.test(String(value))) return { label, text: String(value) };
  return { label, text: formatDecimal(value, writing === "price" ? PRICE : QUANTITY) };
}

interface Said {
  readonly explanation: WhyView | null;
  /** What set its stop off, which is said in a place of its own. */
  readonly triggeredBy: WhyView | null;
}

/**
 * What is said of an order, each thing once: the broker's explanation, and the reason of its state. A reason that goes on
 * where the explanation stops ("… and 3 more") is said in its place; an explanation does not repeat what set the stop off.
 */
export function whysOf({ reason }: Pick<OrderView, "reason">, { explanation, triggeredBy }: Said): readonly WhyView[] {
  const told = explanation === null ? null : withoutTrigger(explanation, triggeredBy);
  if (reason === null) return told === null ? [] : [told];
  const ended = { rule: reason.code ?? "", text: reason.message, params: reason.params };
  if (told === null) return [ended];
  return reason.message.startsWith(told.text.replace(/\.$/, "")) ? [{ ...told, text: reason.message }] : [told, ended];
}

function withoutTrigger(why: WhyView, triggeredBy: WhyView | null): WhyView {
  return triggeredBy === null ? why : { ...why, text: why.text.replace(` Triggered: ${triggeredBy.text}`, "") };
}
