import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { OrderList } from "../../features/orders/components/OrderList.tsx";
import { ChoiceGroup } from "../../ui/ChoiceGroup.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { useShell } from "../shell/ShellContext.ts";

const route = getRouteApi("/orders");

const FILTERS = [
  { value: "all", label: "All" },
  { value: "open", label: "Open" },
  { value: "closed", label: "Closed" },
] as const;

export function OrdersRoute() {
  const { account } = useShell();
  const { filter = "all" } = route.useSearch();
  const navigate = useNavigate();
  return (
    <>
      <PageHeader
        title="Orders"
        actions={
          <ChoiceGroup
            legend="Which orders"
            hideLegend
            value={filter}
            choices={FILTERS}
            onValue={(value) => void navigate({ to: "/orders", search: { filter: value } })}
          />
        }
      />
      <Panel key={filter} title={account.label}>
        <OrderList account={account} filter={filter} frameClass="max-h-[calc(100dvh-12rem)]" />
      </Panel>
    </>
  );
}
