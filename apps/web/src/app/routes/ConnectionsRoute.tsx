import { Link } from "@tanstack/react-router";
import { useConnections } from "../../features/broker-connections/api/listConnections.ts";
import { CatalogCards } from "../../features/broker-connections/components/CatalogCards.tsx";
import { ConnectionCard } from "../../features/broker-connections/components/ConnectionCard.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { ReadOnlyNote } from "../../ui/ReadOnlyNote.tsx";

export function ConnectionsRoute() {
  const connections = useConnections();
  return (
    <div className="flex max-w-5xl flex-col gap-3">
      <PageHeader
        title="Connections"
        actions={
          <Link to="/reconciliation" className="inline-flex min-h-6 items-center text-accent underline">
            Reconciliation
          </Link>
        }
      />
      <ReadOnlyNote />
      {connections.map((connection) => (
        <ConnectionCard key={connection.id} connection={connection} />
      ))}
      <Panel title="Add a connection">
        <CatalogCards />
      </Panel>
    </div>
  );
}
