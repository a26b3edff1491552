/**
 * `mock`: in process, invented. `paper`: our own paper exchange or the broker's paper environment. `live`: real
 * money. A connection's mode is chosen when it is built and never changes.
 */
export const MODES = ["mock", "paper", "live"] as const;
export type Mode = (typeof MODES)[number];
