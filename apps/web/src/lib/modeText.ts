import type { Mode } from "@trenddojo/brokers/domain";

/** How a mode is called on the screen. Only real money is ever called LIVE. */
export const MODE_NAMES = { mock: "SIM", paper: "PAPER", live: "LIVE" } as const satisfies Record<Mode, string>;

/** What a mode means, in a sentence. */
export const MODE_MEANINGS = {
  mock: "Simulated: invented answers, no broker behind it.",
  paper: "Paper money: real order handling, no real money.",
  live: "Real money.",
} as const satisfies Record<Mode, string>;

/** An account's number with all but its end hidden: "···4821". */
export function accountSuffix(venueAccountId: string): string {
  return `···${venueAccountId.slice(-4)}`;
}
