/** Alpaca's activities that are not trades, in words: https://docs.alpaca.markets/reference/getaccountactivities-2 */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["ACATC", "Transfer of cash"],
  ["ACATS", "Transfer of shares"],
  ["CFEE", "Crypto fee"],
  ["CGD", "Capital gain distribution"],
  ["CSD", "Deposit"],
  ["CSW", "Withdrawal"],
  ["DIV", "Dividend"],
  ["DIVFEE", "Dividend fee"],
  ["DIVFT", "Foreign tax withheld from a dividend"],
  ["DIVNRA", "Tax withheld from a dividend"],
  ["DIVTW", "Tax withheld from a dividend"],
  ["FEE", "Fee"],
  ["FOPT", "Transfer free of payment"],
  ["INT", "Interest"],
  ["INTNRA", "Tax withheld from interest"],
  ["INTTW", "Tax withheld from interest"],
  ["JNL", "Journal entry"],
  ["JNLC", "Journal entry of cash"],
  ["JNLS", "Journal entry of shares"],
  ["MA", "Merger"],
  ["OPCSH", "Cash for an option"],
  ["OPTRD", "Shares for an option"],
  ["PTC", "Pass-through charge"],
  ["PTR", "Pass-through rebate"],
  ["REORG", "Reorganisation"],
  ["SPIN", "Spin-off"],
  ["SPLIT", "Split"],
  ["VOF", "Voluntary offer"],
]);

/** Whose quantity is of shares that came or went; that of a dividend in cash is of the shares that it was paid on. */
const SHARES: readonly string[] = ["ACATS", "FOPT", "JNLS", "MA", "OPTRD", "REORG", "SPIN", "SPLIT", "VOF"];

/** A company's money to its owners; tax that is withheld from it is none. */
const DIVIDENDS: readonly string[] = ["CGD", "DIV", "DIVCGL", "DIVCGS", "DIVROC", "DIVTXEX"];

/** Alpaca's own word, with what it says more exactly: "FEE/REG". */
export function entryOf(type: string, subType: string | null | undefined): string {
  return (typeof subType === "string" && subType !== "" ? `${type}/${subType}` : type).slice(0, 40);
}

/** For a person: "Fee (REG)"; of a kind that is not known here, Alpaca's own word. */
export function wordsOf(type: string, subType: string | null | undefined): string {
  const known = WORDS.get(type);
  if (known === undefined) return `What Alpaca calls ${entryOf(type, subType)}`;
  return typeof subType === "string" && subType !== "" ? `${known} (${subType.slice(0, 20)})` : known;
}

export const movesShares = (type: string): boolean => SHARES.includes(type);

export const paysDividend = (type: string): boolean => DIVIDENDS.includes(type);

/** Kinds that may have nothing in them: interest that is swept, a fee of nothing. */
export const isKnownActivity = (type: string): boolean => WORDS.has(type) || paysDividend(type);
