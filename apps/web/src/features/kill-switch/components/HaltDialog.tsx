import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useChangeTradingState } from "../api/changeTradingState.ts";

/** The kill switch in two steps, with its reason: for a short press, and for those who cannot hold a button. */
export function HaltDialog({ onClose }: { readonly onClose: () => void }) {
  const { halt } = useChangeTradingState();
  const [reason, setReason] = useState("");
  return (
    <Dialog title="Halt all trading?" onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          halt.mutate({ reason: reason.trim() }, { onSuccess: onClose });
        }}
      >
        <p>
          No new order goes out, at any broker. Then every open order is cancelled at each of them, and each is asked
          until it names none. Positions stay as they are.
        </p>
        <p className="text-muted">Without this question: hold the switch for 1.2 seconds.</p>
        <TextField
          label="Reason (optional)"
          value={reason}
          onValue={setReason}
          maxLength={200}
          data-first-focus
          autoComplete="off"
        />
        {halt.error === null ? null : <ErrorNotice failure={readFailure(halt.error)} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Go on trading</Button>
          <Button type="submit" tone="danger" disabled={halt.isPending}>
            {halt.isPending ? "Halting…" : "Halt all trading"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
