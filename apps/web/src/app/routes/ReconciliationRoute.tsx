import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useConnections } from "../../features/broker-connections/api/listConnections.ts";
import { CompareList } from "../../features/reconciliation/components/CompareList.tsx";
import { DriftList } from "../../features/reconciliation/components/DriftList.tsx";
import { ChoiceGroup } from "../../ui/ChoiceGroup.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { ReadOnlyNote } from "../../ui/ReadOnlyNote.tsx";
import { useShell } from "../shell/ShellContext.ts";

const route = getRouteApi("/reconciliation");

const FILTERS = [
  { value: "all", label: "All" },
  { value: "open", label: "Open" },
  { value: "resolved", label: "Resolved" },
] as const;

/** Where desk and brokers differed, why, and what was done about it. */
export function ReconciliationRoute() {
  const { accounts } = useShell();
  const { filter = "all" } = route.useSearch();
  const navigate = useNavigate();
  return (
    <div className="flex max-w-5xl flex-col gap-3">
      <PageHeader
        title="Reconciliation"
        meta="On each start, each reconnect and every minute the desk compares itself with its brokers."
      />
      <ReadOnlyNote />
      <Panel title="Last compared">
        <CompareList connections={useConnections()} />
      </Panel>
      <Panel
        title="Differences"
        actions={
          <ChoiceGroup
            legend="Which differences"
            hideLegend
            value={filter}
            choices={FILTERS}
            onValue={(value) => void navigate({ to: "/reconciliation", search: { filter: value } })}
          />
        }
      >
        <DriftList key={filter} filter={filter} accounts={accounts} />
      </Panel>
    </div>
  );
}
