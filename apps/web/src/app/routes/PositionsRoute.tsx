import { usePortfolio } from "../../features/accounts/api/getPortfolio.ts";
import { PositionsTable } from "../../features/positions/components/PositionsTable.tsx";
import { AgeText } from "../../ui/AgeText.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { useShell } from "../shell/ShellContext.ts";

export function PositionsRoute() {
  const { account } = useShell();
  const { positions, balances, receivedAt } = usePortfolio(account.id);
  return (
    <>
      <PageHeader title="Positions" meta={<>heard <AgeText since={receivedAt} /></>} />
      <Panel title={account.label}>
        <PositionsTable positions={positions} equity={balances.equity} />
      </Panel>
    </>
  );
}
