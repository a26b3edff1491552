import type { AccountView } from "@trenddojo/server/wire";
import { accountSuffix } from "../../../lib/modeText.ts";
import { MoneyText } from "../../../ui/DecimalText.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { useHeldPositions } from "../api/listPositions.ts";
import { flattenPlan } from "../model/flattenPlan.ts";

/** Every position that would be closed, with the order that closes it. */
export function FlattenPlan({ accounts }: { readonly accounts: readonly AccountView[] }) {
  const plan = flattenPlan(useHeldPositions(accounts));
  if (plan.length === 0) return <p className="font-medium">No account holds a position. There is nothing to close.</p>;
  return (
    <ul aria-label="What will be closed" className="divide-y divide-line rounded-md border border-line">
      {plan.map(({ key, title, account, position }) => (
        <li key={key} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
          <span className="num font-semibold">{title}</span>
          <span className="text-muted">at the market</span>
          <span className="inline-flex items-center gap-2 text-muted">
            {account.label} {accountSuffix(account.venueAccountId)} <ModeBadge mode={account.mode} />
          </span>
          <span className="ml-auto">
            <MoneyText value={position.marketValue} />
          </span>
        </li>
      ))}
    </ul>
  );
}
