import { useNavigate } from "@tanstack/react-router";
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
        isEven
        // Rows outside of a frame are not drawn, and their prices not asked for; without a height there is no outside.
        frameClass={symbols.length > DRAW_ALL_UP_TO ? "max-h-[calc(100dvh-12rem)]" : ""}
      />
    </>
  );
}

// Characters, not drawings: three drawings a row would be a third of all that a long list lays out and paints.
const UP = "↑";
const DOWN = "↓";
const AWAY = "×";

const itself = (symbol: string): string => symbol;

type Change = ReturnType<typeof useChangeWatchlist>["change"];

function columnsOf(connectionId: string, change: Change): readonly Column<string>[] {
  return [
    {
      key: "symbol",
      width: "grow-2 basis-32",
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
      width: "grow basis-28",
      header: "Last",
      align: "right",
      cell: (symbol) => <LastPriceCell connectionId={connectionId} symbol={symbol} />,
    },
    {
      key: "change",
      width: "grow basis-20",
      header: "Change",
      align: "right",
      cell: (symbol) => <ChangeCell connectionId={connectionId} symbol={symbol} />,
    },
    {
      key: "bid",
      width: "grow basis-24",
      header: "Bid",
      align: "right",
      from: "md",
      cell: (symbol) => <QuoteNumberCell field="bid" connectionId={connectionId} symbol={symbol} />,
    },
    {
      key: "ask",
      width: "grow basis-24",
      header: "Ask",
      align: "right",
      from: "md",
      cell: (symbol) => <QuoteNumberCell field="ask" connectionId={connectionId} symbol={symbol} />,
    },
    {
      key: "spread",
      width: "grow basis-16",
      header: "Spread",
      align: "right",
      from: "lg",
      cell: (symbol) => <QuoteNumberCell field="spread" connectionId={connectionId} symbol={symbol} />,
    },
    {
      key: "volume",
      width: "grow basis-20",
      header: "Volume",
      align: "right",
      from: "lg",
      cell: (symbol) => <QuoteNumberCell field="volume" connectionId={connectionId} symbol={symbol} />,
    },
    {
      key: "feed",
      width: "basis-36",
      header: "Feed",
      from: "sm",
      cell: (symbol) => <FeedBadge connectionId={connectionId} symbol={symbol} />,
    },
    {
      key: "actions",
      width: "basis-32",
      header: "Arrange",
      from: "sm",
      align: "right",
      cell: (symbol) => (
        <span className="inline-flex gap-0.5">
          <ArrangeButton
            label={`Move ${symbol} up`}
            onClick={() => change((symbols) => moveSymbol(symbols, symbol, -1))}
          >
            {UP}
          </ArrangeButton>
          <ArrangeButton
            label={`Move ${symbol} down`}
            onClick={() => change((symbols) => moveSymbol(symbols, symbol, 1))}
          >
            {DOWN}
          </ArrangeButton>
          <ArrangeButton label={`Remove ${symbol}`} onClick={() => change((symbols) => removeSymbol(symbols, symbol))}>
            {AWAY}
          </ArrangeButton>
        </span>
      ),
    },
  ];
}

interface ArrangeButtonProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: string;
}

/** A press of the mouse leaves the focus where it is: put back into a row that moves, it costs a layout of its own. */
function ArrangeButton({ label, onClick, children }: ArrangeButtonProps) {
  return (
    <Button
      tone="plain"
      size="small"
      aria-label={label}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
