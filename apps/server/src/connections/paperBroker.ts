/** The registry's key of the exchange that is built in. */
export const PAPER_BROKER = "paper";
