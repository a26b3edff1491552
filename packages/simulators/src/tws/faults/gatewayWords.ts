/** What TWS says with its codes, where a fault names none of its own. */
const WORDS: Readonly<Record<number, string>> = {
  100: "Max rate of messages per second has been exceeded",
  162: "Historical Market Data Service error message:Historical data request pacing violation",
  201: "Order rejected - reason:",
  322: "Error processing request.-'bI' : cause - Maximum number of account summary requests exceeded",
  326: "Unable to connect as the client id is already in use. Retry with a unique client id.",
  354: "Requested market data is not subscribed.",
  1100: "Connectivity between IBKR and Trader Workstation has been lost.",
  1101: "Connectivity between IBKR and Trader Workstation has been restored - data lost.",
  1102: "Connectivity between IBKR and Trader Workstation has been restored - data maintained.",
  1300: "TWS socket port has been reset and this connection is being dropped.",
  2103: "Market data farm connection is broken:usfarm",
  2104: "Market data farm connection is OK:usfarm",
  2105: "HMDS data farm connection is broken:ushmds",
  2106: "HMDS data farm connection is OK:ushmds",
  2107: "HMDS data farm connection is inactive but should be available upon demand.ushmds",
  2108: "Market data farm connection is inactive but should be available upon demand.usfarm",
  2110: "Connectivity between Trader Workstation and server is broken. It will be restored automatically.",
  2119: "Market data farm is connecting:usfarm",
  2158: "Sec-def data farm connection is OK:secdefnj",
  10197: "No market data during competing live session",
};

export function wordsOf(code: number): string {
  return WORDS[code] ?? `Error ${code}`;
}
