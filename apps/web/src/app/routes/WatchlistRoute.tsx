import { useChangeWatchlist } from "../../features/watchlist/api/setWatchlist.ts";
import { InstrumentSearch } from "../../features/watchlist/components/InstrumentSearch.tsx";
import { WatchlistTable } from "../../features/watchlist/components/WatchlistTable.tsx";
import { addSymbol } from "../../features/watchlist/model/watchlistOrder.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { PanelBoundary } from "../../ui/PanelBoundary.tsx";
import { useShell } from "../shell/ShellContext.ts";

export function WatchlistRoute() {
  const { account } = useShell();
  return (
    <>
      <PageHeader
        title="Watchlist"
        meta={`Prices of ${account.brokerName}`}
        actions={
          <PanelBoundary name="Search">
            <AddSymbol connectionId={account.connectionId} />
          </PanelBoundary>
        }
      />
      <Panel title="Symbols">
        <WatchlistTable connectionId={account.connectionId} />
      </Panel>
    </>
  );
}

function AddSymbol({ connectionId }: { readonly connectionId: string }) {
  const { change } = useChangeWatchlist();
  return (
    <div className="w-64">
      <InstrumentSearch
        connectionId={connectionId}
        label="Add to the watchlist"
        placeholder="Add symbol or name"
        onChoose={(symbol) => change((shown) => addSymbol(shown, symbol))}
      />
    </div>
  );
}
