import type { CallOptions } from "../../BrokerClient.ts";
import { BrokerError } from "../../BrokerError.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { ALPACA } from "../alpacaName.ts";
import type { TradingRest } from "../rest/TradingRest.ts";
import type { WireAccount } from "../rest/wireAccount.ts";

/**
 * The account that the keys open on this environment's host. Paper and live have different keys, and each host refuses
 * the other's: an answer here is the proof of which money it is.
 * @throws BrokerError AUTHENTICATION_FAILED for keys that this environment does not accept, and for an account that may
 * not trade.
 */
export async function readAccountProof(
  rest: TradingRest,
  mode: "paper" | "live",
  options: CallOptions = {},
): Promise<WireAccount> {
  const account = await rest.getAccount(options).catch((error: unknown) => {
    if (!(error instanceof BrokerError) || error.code !== BrokerErrorCode.AUTHENTICATION_FAILED) throw error;
    const other = mode === "paper" ? "live" : "paper";
    throw refused(
      `the ${mode} environment does not accept these keys; keys of the ${other} account are others`,
      error.details,
    );
  });
  const { account_number: accountNumber, status, account_blocked: isBlocked, trading_blocked: mayNotTrade } = account;
  // Any state but this one, known here or not, does not trade.
  if (status !== "ACTIVE")
    throw refused(`the account ${accountNumber} may not trade: it is ${status.slice(0, 40)}`, {
      status: status.slice(0, 40),
    });
  if (isBlocked || mayNotTrade)
    throw refused(`the account ${accountNumber} is blocked from trading`, { status: "blocked" });
  if (account.currency !== "USD")
    throw refused(`the account is in ${account.currency.slice(0, 8)}; only dollars are known here`, {});
  return account;
}

function refused(message: string, details: Readonly<Record<string, string | number>>): BrokerError {
  return new BrokerError(`${ALPACA}: ${message}`, BrokerErrorCode.AUTHENTICATION_FAILED, ALPACA, {
    details,
    outcome: "refused",
  });
}
