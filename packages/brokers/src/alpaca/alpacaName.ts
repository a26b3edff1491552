/** As a person reads it, and as its errors are signed. */
export const ALPACA = "Alpaca";
