import type { AccountView } from "@trenddojo/server/wire";
import { useState } from "react";
import { useDesk } from "../../../lib/desk.ts";
import { readFailure } from "../../../lib/deskError.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { PanelBoundary } from "../../../ui/PanelBoundary.tsx";
import { useChangeTradingState } from "../api/changeTradingState.ts";
import { FlattenPlan } from "./FlattenPlan.tsx";
import { FlattenResult } from "./FlattenResult.tsx";

interface FlattenDialogProps {
  readonly accounts: readonly AccountView[];
  readonly onClose: () => void;
}

/** Closes every position: first the list of what that means, then a proof of the person where the desk has no recent one. Asked twice under one key it is done once. */
export function FlattenDialog({ accounts, onClose }: FlattenDialogProps) {
  const { mintKey } = useDesk();
  const { flatten } = useChangeTradingState();
  const [idempotencyKey] = useState(mintKey);
  const failure = flatten.error === null ? null : readFailure(flatten.error);

  if (flatten.data !== undefined) {
    return (
      <Dialog key="answered" title="Flatten: what came of it" onClose={onClose} wide>
        <FlattenResult accounts={accounts} result={flatten.data} />
        <Button tone="primary" size="large" className="mt-4 w-full" data-first-focus onClick={onClose}>
          Done
        </Button>
      </Dialog>
    );
  }
  return (
    <Dialog title="Flatten all positions?" onClose={onClose} wide>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          flatten.mutate({ idempotencyKey });
        }}
      >
        <p>
          Trading goes to reducing. Open orders of each symbol are cancelled, then one market order closes its position.
        </p>
        <PanelBoundary name="Positions">
          <FlattenPlan accounts={accounts} />
        </PanelBoundary>
        {failure === null ? null : <ErrorNotice failure={failure} />}
        {failure?.kind === "transport" ? (
          <p className="text-warn">
            It is not known whether it was done. Asking again is safe: it carries the same key.
          </p>
        ) : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button data-first-focus onClick={onClose}>
            Keep the positions
          </Button>
          <Button type="submit" tone="danger" disabled={flatten.isPending}>
            {flatten.isPending ? "Closing…" : "Close all positions"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
