import type { AccountView } from "@trenddojo/server/wire";
import { useId } from "react";
import { usePreferences } from "../../../lib/desk.ts";
import { accountSuffix, MODE_NAMES } from "../../../lib/modeText.ts";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { SimulatorBadge } from "../../../ui/SimulatorBadge.tsx";

interface AccountSwitcherProps {
  readonly accounts: readonly AccountView[];
  readonly chosen: AccountView;
  /** Connections whose other end is a simulator, by id. */
  readonly simulated: ReadonlySet<string>;
}

/** Which account the screen shows and orders go to, always with its mode. */
export function AccountSwitcher({ accounts, chosen, simulated }: AccountSwitcherProps) {
  const [, setPreferences] = usePreferences();
  const id = useId();
  return (
    <div className="flex min-w-0 items-center gap-2">
      <label htmlFor={id} className="sr-only">
        Account
      </label>
      <ModeBadge mode={chosen.mode} />
      {simulated.has(chosen.connectionId) ? <SimulatorBadge /> : null}
      <select
        id={id}
        value={chosen.id}
        onChange={(event) => setPreferences({ accountId: event.target.value })}
        className="num h-8 max-w-40 min-w-0 truncate rounded-md border border-line bg-raised px-2 hover:border-strong-line sm:max-w-64"
      >
        {accounts.map((account) => (
          <option key={account.id} value={account.id}>
            {account.label} {accountSuffix(account.venueAccountId)} · {MODE_NAMES[account.mode]}
            {simulated.has(account.connectionId) ? " · simulator" : ""}
          </option>
        ))}
      </select>
    </div>
  );
}
