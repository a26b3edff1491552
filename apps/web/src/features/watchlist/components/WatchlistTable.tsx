import { useNavigate } from "@tanstack/react-router";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useMemo } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { Button } from "../../../ui/Button.tsx";
import { DataTable } from "../../../ui/DataTable.tsx";
import { DRAW_ALL_UP_TO } from "../../../ui/drawAllUpTo.ts";
import type { Column } from "../../../ui/DataTable.tsx";
import { FeedBadge } from "../../../ui/FeedBadge.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { useWatchlist } from "../api/getWatchlist.ts";
import { useChangeWatchlist } from "../api/setWatchlist.ts";
import { moveSymbol, removeSymbol } from "../model/watchlistOrder.ts";
import { ChangeCell, LastPriceCell, QuoteNumberCell } from "./QuoteCells.tsx";
import { SymbolCell } from "./SymbolCell.tsx";

/** All symbols that the person watches, each with its price and how far it can be trusted. */
export function WatchlistTable({ connectionId }: { readonly connectionId: string }) {
  const symbols = useWatchlist();
  const { change, save } = useChangeWatchlist();
  const navigate = useNavigate();
  // The same columns each time, so that a row which is as it was is not drawn anew.
  const columns = useMemo(() => columnsOf(connectionId, change), [connectionId, change]);

  if (symbols.length === 0) {
    return (
      <EmptyState title="Nothing is watched yet">
        <p>Search above for a symbol or a name, such as AAPL, and it is added here.</p>
      </EmptyState>
    );
  }

  const onRowKey = (key: string, symbol: string) => {
    switch (key) {
      case "b":
      case "s":
        void navigate({
          to: "/instruments/$symbol",
          params: { symbol },
          search: { side: key === "b" ? "buy" : "sell" },
        });
        return true;
      case "c":
        void navigate({ to: "/instruments/$symbol", params: { symbol } });
        return true;
      case "Delete":
        change((shown) => removeSymbol(shown, symbol));
        return true;
      default:
        return false;
    }
  };

  return (
    <>
      {save.error === null ? null : (
        <ErrorNotice
          title="The watchlist was not saved"
          failure={readFailure(save.error)}
          onRetry={() => save.mutate(save.variables)}
        />
      )}
      <DataTable
        caption="Watchlist"
        columns={columns}
        rows={symbols}
        rowKey={itself}
        onRowKey={onRowKey}
        // Rows outside of a frame are not drawn, and their prices not asked for; without a height there is no outside.
        frameClass={symbols.length > DRAW_ALL_UP_TO ? "max-h-[calc(100dvh-12rem)]" : ""}
      />
    </>
  );
}

const itself = (symbol: string): string => symbol;

type Change = ReturnType<typeof useChangeWatchlist>["change"];

function columnsOf(connectionId: string, change: Change): readonly Column<string>[] {
  return [
    {
      key: "symbol",
      header: "Symbol",
      sortBy: (symbol) => symbol,
      cell: (symbol) => (
        <SymbolCell
          connectionId={connectionId}
          symbol={symbol}
          onRemove={() => change((symbols) => removeSymbol(symbols, symbol))}
        />
      ),
    },
    {
      key: "last",
      header: "Last",
      align: "right",
      cell: (symbol) => <LastPriceCell connectionId={connectionId} symbol={symbol} />,
    },
    {
      key: "change",
      header: "Change",
      align: "right",
      cell: (symbol) => <ChangeCell connectionId={connectionId} symbol={symbol} />,
    },
    {
      key: "bid",
      header: "Bid",
      align: "right",
      from: "md",
      cell: (symbol) => <QuoteNumberCell field="bid" connectionId={connectionId} symbol={symbol} />,
    },
    {
      key: "ask",
      header: "Ask",
      align: "right",
      from: "md",
      cell: (symbol) => <QuoteNumberCell field="ask" connectionId={connectionId} symbol={symbol} />,
    },
    {
      key: "spread",
      header: "Spread",
      align: "right",
      from: "lg",
      cell: (symbol) => <QuoteNumberCell field="spread" connectionId={connectionId} symbol={symbol} />,
    },
    {
      key: "volume",
      header: "Volume",
      align: "right",
      from: "lg",
      cell: (symbol) => <QuoteNumberCell field="volume" connectionId={connectionId} symbol={symbol} />,
    },
    {
      key: "feed",
      header: "Feed",
      from: "sm",
      cell: (symbol) => <FeedBadge connectionId={connectionId} symbol={symbol} />,
    },
    {
      key: "actions",
      header: "Arrange",
      from: "sm",
      align: "right",
      cell: (symbol) => (
        <span className="inline-flex gap-0.5">
          <Button
            tone="plain"
            size="small"
            aria-label={`Move ${symbol} up`}
            onClick={() => change((symbols) => moveSymbol(symbols, symbol, -1))}
          >
            <ArrowUp aria-hidden size={14} />
          </Button>
          <Button
            tone="plain"
            size="small"
            aria-label={`Move ${symbol} down`}
            onClick={() => change((symbols) => moveSymbol(symbols, symbol, 1))}
          >
            <ArrowDown aria-hidden size={14} />
          </Button>
          <Button
            tone="plain"
            size="small"
            aria-label={`Remove ${symbol}`}
            onClick={() => change((symbols) => removeSymbol(symbols, symbol))}
          >
            <X aria-hidden size={14} />
          </Button>
        </span>
      ),
    },
  ];
}
