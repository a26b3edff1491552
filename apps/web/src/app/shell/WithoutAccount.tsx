import { CatalogCards } from "../../features/broker-connections/components/CatalogCards.tsx";
import { ConnectionCard } from "../../features/broker-connections/components/ConnectionCard.tsx";
import { useConnections } from "../../features/broker-connections/api/listConnections.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Panel } from "../../ui/Panel.tsx";

/** No account anywhere: connect something. */
export function WithoutAccount() {
  const connections = useConnections();
  return (
    <main className="mx-auto flex max-w-4xl flex-col gap-3 p-4">
      <PageHeader title="No account yet" meta="Connect a broker or the built-in paper exchange to begin." />
      {connections.map((connection) => (
        <ConnectionCard key={connection.id} connection={connection} />
      ))}
      <Panel title="Add a connection">
        <CatalogCards />
      </Panel>
    </main>
  );
}
