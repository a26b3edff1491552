import type { TradingStateView } from "@trenddojo/server/wire";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { Button } from "../../../ui/Button.tsx";
import { ChoiceGroup } from "../../../ui/ChoiceGroup.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { useChangeTradingState } from "../api/changeTradingState.ts";
import { haltSummary, STATE_TEXT } from "../model/haltText.ts";

interface ResumeDialogProps {
  readonly state: TradingStateView;
  readonly onClose: () => void;
}

const RESUMED = [
  { value: "REDUCING", label: STATE_TEXT.REDUCING.name },
  { value: "ACTIVE", label: STATE_TEXT.ACTIVE.name },
] as const;

/** Back to trading; the desk asks for a proof of the person where it has no recent one. */
export function ResumeDialog({ state, onClose }: ResumeDialogProps) {
  const { resume } = useChangeTradingState();
  const [to, setTo] = useState<(typeof RESUMED)[number]["value"]>(state.state === "HALTED" ? "REDUCING" : "ACTIVE");
  const unconfirmed = state.halt?.steps.some((step) => step.state !== "confirmed") === true;
  const choices = state.state === "HALTED" ? RESUMED : RESUMED.filter(({ value }) => value === "ACTIVE");
  const failure = resume.error === null ? null : readFailure(resume.error);
  return (
    <Dialog title="Resume trading" onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          resume.mutate({ to }, { onSuccess: onClose });
        }}
      >
        {unconfirmed && state.halt !== null ? (
          <p role="alert" className="rounded-md border border-warn bg-warn-wash p-3 text-warn">
            Not every broker is done: {haltSummary(state.halt)}. Resuming ends the asking; what is open there stays
            open.
          </p>
        ) : null}
        <ChoiceGroup legend="To" value={to} choices={choices} onValue={setTo} />
        <p className="-mt-2 text-xs text-muted">{STATE_TEXT[to].meaning}</p>
        {failure === null ? null : <ErrorNotice failure={failure} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Stay {STATE_TEXT[state.state].name.toLowerCase()}</Button>
          <Button type="submit" tone="primary" data-first-focus disabled={resume.isPending}>
            {resume.isPending ? "Resuming…" : `Resume to ${STATE_TEXT[to].name.toLowerCase()}`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
