import type { AccountView } from "@trenddojo/server/wire";
import { formatDecimal, PERCENT, SIGNED_PERCENT } from "../../../lib/decimalText.ts";
import { AgeText } from "../../../ui/AgeText.tsx";
import { ChangeText } from "../../../ui/ChangeText.tsx";
import { MoneyText } from "../../../ui/DecimalText.tsx";
import { StatTile } from "../../../ui/StatTile.tsx";
import { usePortfolio } from "../api/getPortfolio.ts";
import { grossExposure, ratio } from "../model/exposure.ts";

const SOURCES = { broker: "reckoned by the broker", desk: "reckoned by the desk" } as const;

/** The account in six numbers, with who reckoned them and when. */
export function BalanceTiles({ account }: { readonly account: AccountView }) {
  const { balances, source, receivedAt } = usePortfolio(account.id);
  const exposure = grossExposure(balances);
  return (
    <div>
      <dl className="grid grid-cols-2 gap-px overflow-hidden bg-line sm:grid-cols-3 xl:grid-cols-6">
        <StatTile label="Equity">
          <MoneyText value={balances.equity} />
        </StatTile>
        <StatTile
          label="Day P&L"
          detail={<ChangeText value={ratio(balances.dayPnl, balances.equity)} format={SIGNED_PERCENT} />}
        >
          <ChangeText value={balances.dayPnl} />
        </StatTile>
        <StatTile
          label="Unrealised P&L"
          detail={
            <>
              realised <ChangeText value={balances.realizedPnl} />
            </>
          }
        >
          <ChangeText value={balances.unrealizedPnl} />
        </StatTile>
        <StatTile
          label="Cash"
          detail={
            <>
              fees paid <MoneyText value={balances.fees} />
            </>
          }
        >
          <MoneyText value={balances.cash} />
        </StatTile>
        <StatTile
          label="Buying power"
          detail={
            <>
              reserved <MoneyText value={balances.reserved} />
            </>
          }
        >
          <MoneyText value={balances.buyingPower} />
        </StatTile>
        <StatTile label="Exposure" detail={`${formatDecimal(ratio(exposure, balances.equity), PERCENT)} of equity`}>
          <MoneyText value={exposure} />
        </StatTile>
      </dl>
      <p className="border-t border-line px-4 py-1.5 text-xs text-muted">
        {account.brokerName}, {SOURCES[source]}, heard <AgeText since={receivedAt} />
      </p>
    </div>
  );
}
