/** Brokers that a sweep has an oracle for, as the desk's API calls them. */
export const BROKER_KINDS = ["alpaca", "interactive_brokers"] as const;
export type BrokerKind = (typeof BROKER_KINDS)[number];

/** As a command writes it: "interactive-brokers". */
export const commandName = (broker: BrokerKind): string => broker.replace("_", "-");
