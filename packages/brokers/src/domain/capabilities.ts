import type { Mode } from "./Mode.ts";
import type { OrderType, TimeInForce } from "./order.ts";

/** Something a broker can or cannot do, with the document that says so. */
export interface Capability {
  readonly supported: boolean;
  /** The vendor's page, or the numbered rule of our own SPEC. */
  readonly source: string;
  /** Why not, in words for the person at the ticket; absent where it is supported. */
  readonly reason?: string;
}

/** Capabilities are data: they drive validation, the order form and the matrix in docs/brokers. */
export interface BrokerCapabilities {
  readonly orderTypes: Readonly<Record<OrderType, Capability>>;
  readonly timesInForce: Readonly<Record<TimeInForce, Capability>>;
  readonly fractional: Capability;
  readonly shortSelling: Capability;
  readonly extendedHours: Capability;
  readonly modifyOrder: Capability;
  readonly streamingQuotes: Capability;
  readonly orderUpdates: Capability;
  readonly historicalBars: Capability;
  /** The same client order id is refused or answered with the same order. */
  readonly clientOrderIdLookup: Capability;
  /** What is absent from here on is not offered. */
  readonly trailingStop?: Capability;
  /** Market orders for an amount of money. */
  readonly notional?: Capability;
  /** `gtc` orders that end at a given instant. */
  readonly goodTillDate?: Capability;
  readonly bracket?: Capability;
  readonly oco?: Capability;
  readonly oto?: Capability;
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
}

/** What a broker's card on the connections screen shows. */
export interface BrokerDescription {
  /** Stable key: "paper", "alpaca", "interactive_brokers". */
  readonly key: string;
  readonly name: string;
  readonly summary: string;
  /** The modes that can be connected today. */
  readonly modes: readonly Mode[];
  readonly credentialFields: readonly CredentialField[];
  readonly capabilities: BrokerCapabilities;
}
