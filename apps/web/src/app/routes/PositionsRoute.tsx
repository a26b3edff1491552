import { usePortfolio } from "../../features/accounts/api/getPortfolio.ts";
import { PositionsTable } from "../../features/positions/components/PositionsTable.tsx";
import { HeardText } from "../../ui/HeardText.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { useShell } from "../shell/ShellContext.ts";

export function PositionsRoute() {
  const { account } = useShell();
  const portfolio = usePortfolio(account.id);
  return (
    <>
      <PageHeader title="Positions" meta={<HeardText since={portfolio.receivedAt} />} />
      <Panel title={account.label}>
        <PositionsTable portfolio={portfolio} />
      </Panel>
    </>
  );
}
