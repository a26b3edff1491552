import { formatFixed, type Fixed } from "../../domain/decimal.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { AccountState } from "../AccountState.ts";
import { spokenDuration } from "../duration.ts";
import { dollars } from "../reasons.ts";
import { refuse, type Refusal } from "../Refusal.ts";

/** A purchase for which a cash account has not enough settled cash (PX202). */
export function settledFundsRefusal(state: AccountState, required: Fixed, available: Fixed): Refusal {
  const { money, now } = state;
  const unsettled = money.unsettledAt(now);
  const next = money.nextSettlementAfter(now);
  const waiting =
    next === undefined
      ? ""
      : ` ${dollars(unsettled)} is not settled yet; the next of it settles in ${spokenDuration(next - now)}.`;
  return refuse(
    BrokerErrorCode.INSUFFICIENT_FUNDS,
    "PX202",
    `The order needs ${dollars(required)} of settled cash, and ${dollars(available)} is free.${waiting}`,
    {
      required: formatFixed(required),
      available: formatFixed(available),
      unsettled: formatFixed(unsettled),
      ...(next === undefined ? {} : { settlesAt: next }),
    },
  );
}
