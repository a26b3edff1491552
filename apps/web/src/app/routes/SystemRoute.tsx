import { Link } from "@tanstack/react-router";
import { OrderTimes } from "../../features/system/components/OrderTimes.tsx";
import { SystemFacts } from "../../features/system/components/SystemFacts.tsx";
import { SystemReadings } from "../../features/system/components/SystemReadings.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Panel } from "../../ui/Panel.tsx";

export function SystemRoute() {
  return (
    <div className="flex max-w-6xl flex-col gap-3">
      <PageHeader title="System" meta="What the desk itself is doing, over all its people" />
      <Panel title="This desk">
        <SystemFacts />
      </Panel>
      <Panel title="Prices, sockets and the event loop">
        <SystemReadings />
      </Panel>
      <Panel title="Orders">
        <OrderTimes />
      </Panel>
      <p className="text-sm text-muted">
        How each broker is doing is told on{" "}
        <Link to="/connections" className="inline-flex min-h-6 items-center underline">
          Connections
        </Link>
        .
      </p>
    </div>
  );
}
