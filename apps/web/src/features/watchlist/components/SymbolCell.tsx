import { Link } from "@tanstack/react-router";
import { Button } from "../../../ui/Button.tsx";
import { useIsUnknownSymbol } from "../api/checkSymbol.ts";
import { FeedCell } from "./QuoteCells.tsx";

interface SymbolCellProps {
  readonly connectionId: string;
  readonly symbol: string;
  readonly onRemove: () => void;
}

/** A symbol that opens its instrument, with its feed on phones; one that is not traded here can only be removed. */
export function SymbolCell({ connectionId, symbol, onRemove }: SymbolCellProps) {
  if (useIsUnknownSymbol(connectionId, symbol)) {
    return (
      <span className="flex flex-wrap items-center gap-x-2 py-0.5">
        <span className="font-semibold text-muted">{symbol}</span>
        <span className="text-warn">unknown symbol</span>
        <Button size="small" aria-label={`Remove the unknown ${symbol}`} onClick={onRemove}>
          Remove
        </Button>
      </span>
    );
  }
  return (
    <span className="flex flex-col items-start py-0.5">
      <Link
        to="/instruments/$symbol"
        params={{ symbol }}
        className="inline-flex min-h-6 items-center font-semibold hover:text-accent"
      >
        {symbol}
      </Link>
      <span className="sm:hidden">
        <FeedCell connectionId={connectionId} symbol={symbol} />
      </span>
    </span>
  );
}
