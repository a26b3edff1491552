import { formatDecimal, MONEY, PERCENT, PRICE } from "../../../lib/decimalText.ts";
import { exitOutcome } from "../model/exitOutcome.ts";
import { exitsOf } from "../model/ticketDraft.ts";
import type { TicketDraft } from "../model/ticketDraft.ts";

interface ExitHintProps {
  readonly draft: TicketDraft;
  readonly referencePrice: string | undefined;
}

/** What the exits would win and lose from the entry, or from the market where they close a position. */
export function ExitHint({ draft, referencePrice }: ExitHintProps) {
  const exits = exitsOf(draft);
  const { quantity, side, price } = draft;
  const entry = draft.type === "limit" && exits.choice !== "oco" ? price : (referencePrice ?? null);
  const { reward, risk, ratio } = exitOutcome(exits, { side, quantity, entry, price });
  if (reward === null && risk === null) return null;
  const parts = [
    reward === null ? "" : `profit ${formatDecimal(reward.dollars, MONEY)} (${formatDecimal(reward.share, PERCENT)})`,
    risk === null ? "" : `loss ${formatDecimal(risk.dollars, MONEY)} (${formatDecimal(risk.share, PERCENT)})`,
    ratio === null ? "" : `${formatDecimal(ratio, { maxDecimals: 2 })} to 1`,
  ].filter((part) => part !== "");
  return (
    <p className="num col-span-2 text-xs text-muted">
      From {formatDecimal(entry, PRICE)}: {parts.join(", ")}.
      {risk === null || exits.stopLimit !== "" ? "" : " A stop may fill beyond its price."}
    </p>
  );
}
