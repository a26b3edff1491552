import { MODES, ORDER_SIDES, tryParseFixed } from "@trenddojo/brokers/domain";
import type { OrderSide } from "@trenddojo/brokers/domain";
import type { ActivityFilters } from "../features/activity/model/ActivityFilters.ts";
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

const ALERT_FILTERS = ["open", "all"] as const;

export interface AlertsSearch {
  readonly filter?: (typeof ALERT_FILTERS)[number];
}

export function readAlertsSearch(search: Search): AlertsSearch {
  const filter = ALERT_FILTERS.find((candidate) => candidate === search["filter"]);
  return filter === undefined ? {} : { filter };
}

const DRIFT_FILTERS = ["open", "resolved", "all"] as const;

export interface ReconciliationSearch {
  readonly filter?: (typeof DRIFT_FILTERS)[number];
}

export function readReconciliationSearch(search: Search): ReconciliationSearch {
  const filter = DRIFT_FILTERS.find((candidate) => candidate === search["filter"]);
  return filter === undefined ? {} : { filter };
}

export interface ActivitySearch extends ActivityFilters {
  /** The id of one entry: its permanent address. */
  readonly entry?: string;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

export function readActivitySearch(raw: Search): ActivitySearch {
  const text = (name: string, length: number) => plainText(raw[name]).slice(0, length);
  const given = (name: string, value: string) => (value === "" ? {} : { [name]: value });
  const day = (name: string) => given(name, DAY.test(text(name, 10)) ? text(name, 10) : "");
  const mode = MODES.find((each) => each === raw["mode"]);
  return {
    ...given("search", text("search", 80)),
    ...given("action", text("action", 60)),
    ...given("person", text("person", 64)),
    ...(mode === undefined ? {} : { mode }),
    ...day("from"),
    ...day("to"),
    ...given("entry", text("entry", 64)),
  };
}
