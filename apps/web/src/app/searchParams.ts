import { ORDER_SIDES, tryParseFixed } from "@trenddojo/brokers/domain";
import type { OrderSide } from "@trenddojo/brokers/domain";
import { plainText } from "../lib/plainText.ts";

type Search = Record<string, unknown>;

export interface InstrumentSearch {
  /** Opens the ticket on this side. */
  readonly side?: OrderSide;
  /** Fills the ticket's quantity in: a decimal above zero. */
  readonly quantity?: string;
}

/** What an address may say about the ticket; anything else in it is left out. */
export function readInstrumentSearch(search: Search): InstrumentSearch {
  const side = ORDER_SIDES.find((candidate) => candidate === search["side"]);
  const quantity = plainText(search["quantity"]);
  return {
    ...(side === undefined ? {} : { side }),
    ...((tryParseFixed(quantity) ?? 0n) > 0n ? { quantity } : {}),
  };
}

const FILTERS = ["open", "closed", "all"] as const;

export interface OrdersSearch {
  readonly filter?: (typeof FILTERS)[number];
}

export function readOrdersSearch(search: Search): OrdersSearch {
  const filter = FILTERS.find((candidate) => candidate === search["filter"]);
  return filter === undefined ? {} : { filter };
}

export interface ActivitySearch {
  readonly search?: string;
  /** The id of one entry: its permanent address. */
  readonly entry?: string;
}

export function readActivitySearch(raw: Search): ActivitySearch {
  const search = plainText(raw["search"]).slice(0, 80);
  const entry = plainText(raw["entry"]).slice(0, 64);
  return { ...(search === "" ? {} : { search }), ...(entry === "" ? {} : { entry }) };
}
