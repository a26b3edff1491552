import { TradingPanel } from "../../features/kill-switch/components/TradingPanel.tsx";
import { LimitsForm } from "../../features/risk/components/LimitsForm.tsx";
import { RaisesPanel } from "../../features/risk/components/RaisesPanel.tsx";
import { RiskUsage } from "../../features/risk/components/RiskUsage.tsx";
import { SymbolLimitsPanel } from "../../features/risk/components/SymbolLimitsPanel.tsx";
import { ModeBadge } from "../../ui/ModeBadge.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { useShell } from "../shell/ShellContext.ts";

export function RiskRoute() {
  const { account, accounts } = useShell();
  return (
    <>
      <PageHeader
        title="Risk"
        meta={
          <span className="flex items-center gap-2">
            {account.label} <ModeBadge mode={account.mode} />
          </span>
        }
      />
      <div className="grid max-w-6xl items-start gap-3 lg:grid-cols-[3fr_2fr]">
        <div id="trading" className="min-w-0 lg:col-span-2">
          <Panel title="Trading, in every account">
            <TradingPanel accounts={accounts} />
          </Panel>
        </div>
        <Panel title="Limits">
          <LimitsForm account={account} />
        </Panel>
        <div className="flex min-w-0 flex-col gap-3">
          <Panel title="In use">
            <RiskUsage accountId={account.id} />
          </Panel>
          <Panel title="Raised for a time">
            <RaisesPanel key={account.id} accountId={account.id} />
          </Panel>
          <Panel title="Limits of symbols">
            <SymbolLimitsPanel key={account.id} accountId={account.id} />
          </Panel>
        </div>
      </div>
    </>
  );
}
