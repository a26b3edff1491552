/** As it is written in messages and on the screen. */
export const INTERACTIVE_BROKERS = "Interactive Brokers";
