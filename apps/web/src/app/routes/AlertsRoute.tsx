import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { AlertList } from "../../features/alerts/components/AlertList.tsx";
import { ChoiceGroup } from "../../ui/ChoiceGroup.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Panel } from "../../ui/Panel.tsx";

const route = getRouteApi("/alerts");

const FILTERS = [
  { value: "all", label: "All" },
  { value: "open", label: "Ongoing" },
] as const;

export function AlertsRoute() {
  const { filter = "all" } = route.useSearch();
  const navigate = useNavigate();
  return (
    <div className="max-w-5xl">
      <PageHeader
        title="Alerts"
        actions={
          <ChoiceGroup
            legend="Which alerts"
            hideLegend
            value={filter}
            choices={FILTERS}
            onValue={(value) => void navigate({ to: "/alerts", search: { filter: value } })}
          />
        }
      />
      <Panel key={filter} title={filter === "all" ? "Failures and recoveries" : "Ongoing"}>
        <AlertList filter={filter} />
      </Panel>
    </div>
  );
}
