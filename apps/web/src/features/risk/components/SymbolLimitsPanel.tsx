import { Ban } from "lucide-react";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { useReadOnlyReason } from "../../../lib/readOnly.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { useChangePolicy } from "../api/changePolicy.ts";
import { useRiskPolicy } from "../api/getRisk.ts";
import { symbolSentence } from "../model/symbolForm.ts";
import type { SymbolLimit } from "../model/symbolForm.ts";
import { SymbolLimitDialog } from "./SymbolLimitDialog.tsx";

/** Limits of single symbols: the stricter of these and the account's holds. */
export function SymbolLimitsPanel({ accountId }: { readonly accountId: string }) {
  const { symbols } = useRiskPolicy(accountId);
  const readOnly = useReadOnlyReason();
  const { removeSymbolLimit: remove } = useChangePolicy(accountId);
  const [editing, setEditing] = useState<SymbolLimit | "new" | null>(null);
  return (
    <div className="flex flex-col gap-3 p-4">
      <p className="text-muted">
        {symbols.length === 0 ? "No symbol has limits of its own." : "The stricter of these and the account's holds."}
      </p>
      <ul aria-label="Symbol limits" className="divide-y divide-line empty:hidden">
        {symbols.map((limit) => (
          <li key={limit.symbol} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <span className="font-semibold">{limit.symbol}</span>
            {limit.isBlocked ? (
              <span className="inline-flex items-center gap-1 font-medium text-bad">
                <Ban aria-hidden size={14} /> Blocked
              </span>
            ) : null}
            <span className="num grow">{symbolSentence(limit)}</span>
            <span className="flex gap-2">
              <Button
                size="small"
                disabled={readOnly !== undefined}
                aria-label={`Edit ${limit.symbol}`}
                onClick={() => setEditing(limit)}
              >
                Edit
              </Button>
              <Button
                size="small"
                disabled={readOnly !== undefined || remove.isPending}
                aria-label={`Remove ${limit.symbol}`}
                onClick={() => remove.mutate({ accountId, symbol: limit.symbol })}
              >
                Remove
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {remove.error === null ? null : <ErrorNotice failure={readFailure(remove.error)} />}
      <Button
        className="self-start"
        disabled={readOnly !== undefined}
        title={readOnly}
        onClick={() => setEditing("new")}
      >
        Limit a symbol…
      </Button>
      {editing === null ? null : (
        <SymbolLimitDialog
          accountId={accountId}
          limit={editing === "new" ? undefined : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}
