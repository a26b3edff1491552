import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { fieldProblems } from "../../../lib/fieldProblems.ts";
import { useReadOnlyReason } from "../../../lib/readOnly.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useSettleDrifts } from "../api/settleDrift.ts";

interface ResolveFormProps {
  readonly driftId: string;
  /** Tells the buttons of a list apart: "Position AAPL". */
  readonly name: string;
}

/** A person has looked at it, and says how it is settled. */
export function ResolveForm({ driftId, name }: ResolveFormProps) {
  const { resolve } = useSettleDrifts();
  const readOnly = useReadOnlyReason();
  const [note, setNote] = useState("");
  const [open, setOpen] = useState(false);
  const failure = resolve.error === null ? null : readFailure(resolve.error);
  if (!open) {
    return (
      <Button
        className="self-start"
        disabled={readOnly !== undefined}
        title={readOnly}
        aria-label={`Resolve: ${name}`}
        onClick={() => setOpen(true)}
      >
        Resolve…
      </Button>
    );
  }
  return (
    <form
      className="flex max-w-xl flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        resolve.mutate({ driftId, note: note.trim() });
      }}
    >
      <TextField
        label="What you found, and why it is settled"
        value={note}
        onValue={setNote}
        maxLength={500}
        required
        autoComplete="off"
        problems={fieldProblems(failure, "note")}
      />
      {failure === null ? null : <ErrorNotice failure={failure} hideIssues />}
      <div className="flex gap-2">
        <Button type="submit" tone="primary" disabled={resolve.isPending || note.trim() === ""}>
          {resolve.isPending ? "Resolving…" : "Resolve it"}
        </Button>
        <Button onClick={() => setOpen(false)}>Leave it open</Button>
      </div>
    </form>
  );
}
