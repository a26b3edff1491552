import type { Portfolio } from "@trenddojo/server/wire";
import { signOf } from "../../../lib/decimalText.ts";
import { MoneyText } from "../../../ui/DecimalText.tsx";
import { STALE_TONE } from "../../../ui/staleTone.ts";

interface OtherBalancesProps {
  readonly balances: Portfolio["balances"];
  readonly stale: boolean;
}

/** What only some brokers tell: each where it is told. */
export function OtherBalances({ balances, stale }: OtherBalancesProps) {
  const { settledCash, dividends, accruedDividends, borrowFees } = balances;
  const told = [
    ["Settled cash", settledCash, settledCashNote(balances)],
    ["Dividends", dividends, undefined],
    ["of them not paid yet", signOf(accruedDividends) === 0 ? null : accruedDividends, undefined],
    ["Borrow fees", borrowFees, undefined],
  ] as const;
  const shown = told.filter(([, value]) => value !== null);
  if (shown.length === 0) return null;
  return (
    <dl className={`flex flex-wrap gap-x-6 gap-y-1 border-t border-line px-4 py-1.5 ${stale ? STALE_TONE : ""}`}>
      {shown.map(([label, value, note]) => (
        <div key={label} className="flex flex-wrap gap-x-1.5">
          <dt className="text-muted">{label}</dt>
          <dd>
            <MoneyText value={value} />
            {note === undefined ? null : <span className="text-muted"> {note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Below zero it looks like a debt; on margin it is none, as long as equity reaches maintenance margin. */
function settledCashNote({ settledCash, marginDeficit }: Portfolio["balances"]): string {
  const isLent = signOf(settledCash) < 0 && marginDeficit !== null && signOf(marginDeficit) === 0;
  return `without proceeds of sales that settle later${isLent ? "; margin covers it until they do" : ""}`;
}
