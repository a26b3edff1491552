import type { Mode } from "./Mode.ts";
import type { OrderClass, OrderType, TimeInForce } from "./order.ts";

/** Something a broker can or cannot do, with the document that says so. */
export interface Capability {
  readonly supported: boolean;
  /** The vendor's page, or the numbered rule of our own SPEC. */
  readonly source: string;
  /** Why not, in words for the person at the ticket; absent where it is supported. */
  readonly reason?: string;
}

/** The most that a broker takes of something, with the document that says so. */
export interface BrokerLimit {
  /** A whole number above zero; null where the broker names none. */
  readonly value: number | null;
  /** As a capability's. */
  readonly source: string;
  /** What the number depends on: "on the Basic data plan". */
  readonly note?: string;
}

/** Those of an account, at once; `maxOpenOrdersPerSide` is of one symbol and one side. */
export const LIMIT_NAMES = ["maxOpenOrders", "maxOpenOrdersPerSide", "maxQuoteSubscriptions"] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** Capabilities are data: they drive validation, the order form and the matrix in docs/brokers. */
export interface BrokerCapabilities {
  readonly orderTypes: Readonly<Record<OrderType, Capability>>;
  readonly timesInForce: Readonly<Record<TimeInForce, Capability>>;
  readonly orderClasses: Readonly<Record<OrderClass, Capability>>;
  readonly fractional: Capability;
  /** Orders for an amount of money instead of a number of shares. */
  readonly notional: Capability;
  readonly shortSelling: Capability;
  readonly extendedHours: Capability;
  readonly modifyOrder: Capability;
  readonly streamingQuotes: Capability;
  readonly orderUpdates: Capability;
  readonly historicalBars: Capability;
  /** An order is found by the client order id that it was placed under. */
  readonly clientOrderIdLookup: Capability;
  /** A client order id that was taken is never taken again: a send whose answer was lost may be repeated under it. */
  readonly repeatedOrderIds: Capability;
  readonly trailingStop: Capability;
  /** `gtc` orders that end at a given instant. */
  readonly goodTillDate: Capability;
  readonly limits: Readonly<Record<LimitName, BrokerLimit>>;
}

/** One input of the form that connects a broker; a screen renders it without knowing the broker. */
export interface CredentialField {
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "secret" | "number" | "choice";
  readonly required: boolean;
  readonly help?: string;
  readonly placeholder?: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly defaultValue?: string;
  /** The most that a number may be, a decimal string. */
  readonly largest?: string;
  /** The modes that ask for it. @default all of the broker's */
  readonly modes?: readonly Mode[];
}

/** What a broker's card on the connections screen shows. */
export interface BrokerDescription {
  /** Stable key: "paper", "alpaca", "interactive_brokers". */
  readonly key: string;
  readonly name: string;
  readonly summary: string;
  /** The modes that can be connected here. */
  readonly modes: readonly Mode[];
  /** What real money through it was proven against, and what not; absent where there is none through it, anywhere. */
  readonly liveCaveat?: string;
  /** Where a simulator stands for the broker's paper environment, "http://127.0.0.1:4711"; absent where it is the broker. */
  readonly simulator?: string;
  /** No two of one mode have the same name. */
  readonly credentialFields: readonly CredentialField[];
  /** Its program runs near the desk and can be looked for: the form has a button that does. @default false */
  readonly canBeProbed?: boolean;
  /** It tells orders and executions of its own day alone: that it does not name an older one proves nothing. @default false */
  readonly tellsTodayOnly?: boolean;
  readonly capabilities: BrokerCapabilities;
}
