import { LimitsForm } from "../../features/risk/components/LimitsForm.tsx";
import { RiskUsage } from "../../features/risk/components/RiskUsage.tsx";
import { ModeBadge } from "../../ui/ModeBadge.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { useShell } from "../shell/ShellContext.ts";

export function RiskRoute() {
  const { account } = useShell();
  return (
    <>
      <PageHeader
        title="Risk limits"
        meta={
          <span className="flex items-center gap-2">
            {account.label} <ModeBadge mode={account.mode} />
          </span>
        }
      />
      <div className="grid max-w-5xl items-start gap-3 lg:grid-cols-[3fr_2fr]">
        <Panel title="Limits">
          <LimitsForm account={account} />
        </Panel>
        <Panel title="In use">
          <RiskUsage accountId={account.id} />
        </Panel>
      </div>
    </>
  );
}
