import { Link } from "@tanstack/react-router";
import { usePortfolio } from "../../features/accounts/api/getPortfolio.ts";
import { BalanceTiles } from "../../features/accounts/components/BalanceTiles.tsx";
import { ConnectionsSummary } from "../../features/broker-connections/components/ConnectionsSummary.tsx";
import { MarketClock } from "../../features/chart/components/MarketClock.tsx";
import { OrderList } from "../../features/orders/components/OrderList.tsx";
import { PositionsTable } from "../../features/positions/components/PositionsTable.tsx";
import { WatchlistStrip } from "../../features/watchlist/components/WatchlistStrip.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { useShell } from "../shell/ShellContext.ts";

const STRIP_LENGTH = 12;

export function DashboardRoute() {
  const { account } = useShell();
  return (
    <div className="grid gap-3 lg:grid-cols-3">
      <h1 className="sr-only">Dashboard</h1>
      <Panel title={account.label} className="overflow-hidden lg:col-span-3">
        <BalanceTiles account={account} />
      </Panel>
      <div className="flex min-w-0 flex-col gap-3 lg:col-span-2">
        <Panel title="Positions" actions={<MoreLink to="/positions" label="All positions" />}>
          <Positions />
        </Panel>
        <Panel title="Open orders" actions={<MoreLink to="/orders" label="All orders" />}>
          <OrderList account={account} filter="open" brief />
        </Panel>
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <Panel title="Watchlist" actions={<MoreLink to="/watchlist" label="Whole watchlist" />}>
          <WatchlistStrip connectionId={account.connectionId} most={STRIP_LENGTH} />
        </Panel>
        <Panel title="Market">
          <MarketClock connectionId={account.connectionId} />
        </Panel>
        <Panel title="Connections">
          <ConnectionsSummary />
        </Panel>
      </div>
    </div>
  );
}

function Positions() {
  const { account } = useShell();
  return <PositionsTable portfolio={usePortfolio(account.id)} brief />;
}

function MoreLink({ to, label }: { to: "/positions" | "/orders" | "/watchlist"; label: string }) {
  return (
    <Link to={to} className="inline-flex min-h-6 items-center text-xs text-muted hover:text-ink">
      {label}
    </Link>
  );
}
