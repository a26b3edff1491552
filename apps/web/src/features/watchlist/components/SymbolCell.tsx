import { Link } from "@tanstack/react-router";
import { useIsNarrow } from "../../../lib/useIsNarrow.ts";
import { Button } from "../../../ui/Button.tsx";
import { FeedBadge } from "../../../ui/FeedBadge.tsx";
import { useAbsence } from "../../../lib/useQuote.ts";

interface SymbolCellProps {
  readonly connectionId: string;
  readonly symbol: string;
  readonly onRemove: () => void;
}

/** A symbol that opens its instrument, with its feed on phones; one that is not traded here can only be removed. */
export function SymbolCell({ connectionId, symbol, onRemove }: SymbolCellProps) {
  const isUnknown = useAbsence(connectionId, symbol) === "unknown_symbol";
  const isNarrow = useIsNarrow();
  if (isUnknown) {
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
      {isNarrow ? <FeedBadge connectionId={connectionId} symbol={symbol} /> : null}
    </span>
  );
}
