import { formatFixed, parseFixed } from "@trenddojo/brokers/domain";
import type { TwsAccount } from "../account/TwsAccount.ts";
import type { TwsQuirks } from "../Quirks.ts";
import type { WireOrderState } from "../wire/TwsReply.ts";
import { NO_MARGINS } from "./orderReplies.ts";
import type { OrderTicket } from "./OrderTicket.ts";

/** What an order would do to the margins, as openOrder tells it. @throws TwsRefusal where it may not go at all. */
export function previewOf(
  account: TwsAccount,
  ticket: OrderTicket,
  symbol: string,
  { previews, previewsTellCommission }: Required<TwsQuirks>,
): Omit<WireOrderState, "status"> {
  const preview = account.preview(ticket, symbol);
  if (preview === undefined || previews !== "told") return NO_MARGINS;
  const balances = account.balances();
  const initial = parseFixed(balances.initialMargin);
  const maintenance = parseFixed(balances.maintenanceMargin);
  const equity = parseFixed(balances.equity);
  return {
    initMarginBefore: formatFixed(initial),
    maintMarginBefore: formatFixed(maintenance),
    equityWithLoanBefore: formatFixed(equity),
    initMarginChange: formatFixed(preview.required),
    maintMarginChange: formatFixed(preview.maintenance),
    equityWithLoanChange: formatFixed(-preview.fees),
    initMarginAfter: formatFixed(initial + preview.required),
    maintMarginAfter: formatFixed(maintenance + preview.maintenance),
    equityWithLoanAfter: formatFixed(equity - preview.fees),
    commission: previewsTellCommission ? formatFixed(preview.fees) : null,
    minCommission: previewsTellCommission ? null : formatFixed(preview.fees),
    maxCommission: previewsTellCommission ? null : formatFixed(preview.fees),
    commissionCurrency: "USD",
    warningText: preview.canExecute ? "" : "Your order would not be accepted: the margin does not suffice.",
  };
}
