import { severalAccounts, wrongAccount, wrongMode } from "./gatewayFaults.ts";
import type { GatewayFault } from "./GatewayState.ts";

/** Paper accounts begin with D ("DU1234567"); no live one does. A port proves nothing: it can be set to any. */
export const isPaperAccount = (account: string): boolean => account.startsWith("D");

/**
 * The account that a connection is of, out of those that the gateway is logged in to; a fault where none may be used. Every
 * one of them must be of the connection's mode, the unused ones too: the gateway would take an order for any.
 * @param wanted the one that was asked for, or that the connection was of before.
 */
export function chooseAccount(
  mode: "paper" | "live",
  accounts: readonly string[],
  wanted: string | undefined,
): { readonly accountId: string } | { readonly fault: GatewayFault } {
  if (!accounts.every((account) => isPaperAccount(account) === (mode === "paper"))) {
    return { fault: wrongMode(mode, accounts) };
  }
  if (wanted !== undefined) {
    return accounts.includes(wanted) ? { accountId: wanted } : { fault: wrongAccount(wanted, accounts) };
  }
  const [first, ...others] = accounts;
  if (first === undefined || others.length > 0) return { fault: severalAccounts(accounts) };
  return { accountId: first };
}
