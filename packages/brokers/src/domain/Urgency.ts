/** How much a request to a broker may wait for others, most urgent first: a cancel never waits behind a chart. */
export const URGENCIES = ["cancel", "reduce", "lookup", "order", "read", "history"] as const;
export type Urgency = (typeof URGENCIES)[number];
