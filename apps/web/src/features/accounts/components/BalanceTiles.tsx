import type { AccountView } from "@trenddojo/server/wire";
import { formatDecimal, PERCENT, SIGNED_PERCENT } from "../../../lib/decimalText.ts";
import { isStale } from "../../../lib/staleness.ts";
import { toEpochMs } from "../../../lib/timeText.ts";
import { useWallNow } from "../../../lib/useNow.ts";
import { ChangeText } from "../../../ui/ChangeText.tsx";
import { MoneyText } from "../../../ui/DecimalText.tsx";
import { HeardText } from "../../../ui/HeardText.tsx";
import { StatTile } from "../../../ui/StatTile.tsx";
import { usePortfolio } from "../api/getPortfolio.ts";
import { grossExposure, ratio } from "../model/exposure.ts";
import { MarginCallAlert } from "./MarginCallAlert.tsx";
import { OtherBalances } from "./OtherBalances.tsx";

const SOURCES = { broker: "reckoned by the broker", desk: "reckoned by the desk" } as const;

/** The account in six numbers, with who reckoned them and when; dimmed once nothing has been heard for a while. */
export function BalanceTiles({ account }: { readonly account: AccountView }) {
  const { balances, source, receivedAt } = usePortfolio(account.id);
  const stale = isStale(useWallNow() - toEpochMs(receivedAt));
  const exposure = grossExposure(balances);
  return (
    <div>
      <MarginCallAlert deficit={balances.marginDeficit} />
      <dl className="grid grid-cols-2 gap-px overflow-hidden bg-line sm:grid-cols-3 xl:grid-cols-6">
        <StatTile stale={stale} label="Equity">
          <MoneyText value={balances.equity} />
        </StatTile>
        <StatTile
          stale={stale}
          label="Day P&L"
          detail={<ChangeText stale={stale} value={ratio(balances.dayPnl, balances.equity)} format={SIGNED_PERCENT} />}
        >
          <ChangeText stale={stale} value={balances.dayPnl} />
        </StatTile>
        <StatTile
          stale={stale}
          label="Unrealised P&L"
          detail={
            <>
              realised <ChangeText stale={stale} value={balances.realizedPnl} />
            </>
          }
        >
          <ChangeText stale={stale} value={balances.unrealizedPnl} />
        </StatTile>
        <StatTile
          stale={stale}
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
          stale={stale}
          label="Buying power"
          detail={
            <>
              reserved <MoneyText value={balances.reserved} />
            </>
          }
        >
          <MoneyText value={balances.buyingPower} />
        </StatTile>
        <StatTile
          stale={stale}
          label="Exposure"
          detail={`${formatDecimal(ratio(exposure, balances.equity), PERCENT)} of equity`}
        >
          <MoneyText value={exposure} />
        </StatTile>
      </dl>
      <OtherBalances balances={balances} stale={stale} />
      <p className="border-t border-line px-4 py-1.5 text-xs text-muted">
        {account.brokerName}, {SOURCES[source]}, <HeardText since={receivedAt} />
      </p>
    </div>
  );
}
