import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { fieldProblems } from "../../../lib/fieldProblems.ts";
import { Button } from "../../../ui/Button.tsx";
import { DecimalField } from "../../../ui/DecimalField.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useChangePolicy } from "../api/changePolicy.ts";
import { symbolProblems, toSymbolDraft, toSymbolLimit } from "../model/symbolForm.ts";
import type { SymbolDraft, SymbolLimit } from "../model/symbolForm.ts";

interface SymbolLimitDialogProps {
  readonly accountId: string;
  /** What is edited; undefined for a new one. */
  readonly limit: SymbolLimit | undefined;
  readonly onClose: () => void;
}

const NUMBERS = [
  { name: "maxOrderValue", label: "Largest order value ($)", step: "1000" },
  { name: "maxOrderQuantity", label: "Largest order quantity", step: "100" },
  { name: "maxPositionFraction", label: "Largest position (% of equity)", step: "1" },
] as const;

/** Limits of one symbol; what is left empty is the account's. */
export function SymbolLimitDialog({ accountId, limit, onClose }: SymbolLimitDialogProps) {
  const { setSymbolLimit: save } = useChangePolicy(accountId);
  const [draft, setDraft] = useState(() => toSymbolDraft(limit));
  const [tried, setTried] = useState(false);
  const problems = symbolProblems(draft);
  const failure = save.error === null ? null : readFailure(save.error);
  const problemsOf = (name: keyof SymbolDraft) => {
    const own = tried ? problems[name] : undefined;
    return [...(own === undefined ? [] : [own]), ...fieldProblems(failure, name)];
  };
  return (
    <Dialog title={limit === undefined ? "Limit a symbol" : `Limits of ${limit.symbol}`} onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (Object.keys(problems).length === 0)
            save.mutate({ accountId, limit: toSymbolLimit(draft) }, { onSuccess: onClose });
        }}
      >
        <TextField
          label="Symbol"
          value={draft.symbol}
          onValue={(symbol) => setDraft({ ...draft, symbol: symbol.trim().toUpperCase() })}
          maxLength={15}
          autoComplete="off"
          spellCheck={false}
          readOnly={limit !== undefined}
          problems={problemsOf("symbol")}
          data-first-focus={limit === undefined}
        />
        <label className="flex min-h-6 items-center gap-2">
          <input
            type="checkbox"
            checked={draft.isBlocked}
            onChange={(event) => setDraft({ ...draft, isBlocked: event.target.checked })}
            className="size-4 accent-(--accent)"
          />
          Blocked: only orders that make the position smaller pass
        </label>
        {NUMBERS.map(({ name, label, step }) => (
          <DecimalField
            key={name}
            label={label}
            step={step}
            placeholder="the account's"
            value={draft[name]}
            onValue={(value) => setDraft({ ...draft, [name]: value })}
            problems={problemsOf(name)}
          />
        ))}
        {failure === null ? null : <ErrorNotice failure={failure} hideIssues />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button type="submit" tone="primary" disabled={save.isPending}>
            {save.isPending ? "Saving…" : "Save"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
