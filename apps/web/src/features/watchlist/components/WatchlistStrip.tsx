import { Link } from "@tanstack/react-router";
import { FeedBadge } from "../../../ui/FeedBadge.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { useWatchlist } from "../api/getWatchlist.ts";
import { ChangeCell, LastPriceCell } from "./QuoteCells.tsx";

interface WatchlistStripProps {
  readonly connectionId: string;
  /** The strip shows so many; the rest is on the watchlist. */
  readonly most: number;
}

/** The first symbols of the watchlist, for the dashboard. */
export function WatchlistStrip({ connectionId, most }: WatchlistStripProps) {
  const symbols = useWatchlist();
  if (symbols.length === 0) {
    return (
      <EmptyState title="Nothing is watched yet">
        <Link to="/watchlist" className="text-accent underline">
          Add symbols to the watchlist
        </Link>
      </EmptyState>
    );
  }
  return (
    <ul>
      {symbols.slice(0, most).map((symbol) => (
        <li
          key={symbol}
          className="flex min-h-(--row) items-center gap-2 border-t border-line px-3 first:border-t-0 hover:bg-raised"
        >
          <span className="flex gap-x-2 max-sm:flex-col sm:items-center">
            <Link
              to="/instruments/$symbol"
              params={{ symbol }}
              className="flex min-h-6 w-14 items-center font-semibold hover:text-accent"
            >
              {symbol}
            </Link>
            <FeedBadge connectionId={connectionId} symbol={symbol} />
          </span>
          <span className="ml-auto">
            <LastPriceCell connectionId={connectionId} symbol={symbol} />
          </span>
          <span className="w-20 text-right">
            <ChangeCell connectionId={connectionId} symbol={symbol} />
          </span>
        </li>
      ))}
    </ul>
  );
}
