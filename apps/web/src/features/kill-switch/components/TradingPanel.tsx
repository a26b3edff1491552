import type { AccountView } from "@trenddojo/server/wire";
import { OctagonX, ShieldCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { useReadOnlyReason } from "../../../lib/readOnly.ts";
import { AgeText } from "../../../ui/AgeText.tsx";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { ReadOnlyNote } from "../../../ui/ReadOnlyNote.tsx";
import { useChangeTradingState } from "../api/changeTradingState.ts";
import { useTradingState } from "../api/getTradingState.ts";
import { originText, STATE_TEXT } from "../model/haltText.ts";
import { FlattenDialog } from "./FlattenDialog.tsx";
import { HaltSteps } from "./HaltSteps.tsx";
import { KillSwitch } from "./KillSwitch.tsx";
import { ResumeDialog } from "./ResumeDialog.tsx";

const LOOKS = {
  ACTIVE: { Icon: ShieldCheck, text: "text-good" },
  REDUCING: { Icon: TriangleAlert, text: "text-warn" },
  HALTED: { Icon: OctagonX, text: "text-bad" },
} as const;

/** Whether orders pass, and every way to change that: halt, reduce, resume, flatten. */
export function TradingPanel({ accounts }: { readonly accounts: readonly AccountView[] }) {
  const state = useTradingState();
  const readOnly = useReadOnlyReason();
  const { reduceOnly } = useChangeTradingState();
  const [open, setOpen] = useState<"resume" | "flatten" | null>(null);
  const { Icon, text } = LOOKS[state.state];
  const origin = originText(state);
  const close = () => setOpen(null);
  return (
    <div className="flex flex-col gap-3 p-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <strong className={`inline-flex items-center gap-1.5 text-sm ${text}`}>
          <Icon aria-hidden size={16} /> {STATE_TEXT[state.state].name}
        </strong>
        <span>{STATE_TEXT[state.state].meaning}</span>
        <span className="text-muted">
          Since <InstantText at={state.changedAt} /> (<AgeText since={state.changedAt} />)
          {origin === "" ? "" : `, ${origin}`}
          {state.reason === null || state.reason === "" ? "" : `: ${state.reason}`}
        </span>
      </p>
      {state.halt === null ? null : <HaltSteps halt={state.halt} />}
      {reduceOnly.error === null ? null : <ErrorNotice failure={readFailure(reduceOnly.error)} />}
      <ReadOnlyNote />
      <div className="flex flex-wrap items-center gap-2">
        <KillSwitch />
        {state.state === "ACTIVE" ? (
          <Button
            size="large"
            disabled={readOnly !== undefined || reduceOnly.isPending}
            onClick={() => reduceOnly.mutate()}
          >
            Reduce only
          </Button>
        ) : (
          <Button size="large" disabled={readOnly !== undefined} onClick={() => setOpen("resume")}>
            Resume…
          </Button>
        )}
        <Button size="large" tone="danger" disabled={readOnly !== undefined} onClick={() => setOpen("flatten")}>
          Flatten…
        </Button>
      </div>
      <p className="text-xs text-muted">
        Halt stops new orders and cancels what is open, at every broker. Reduce only lets nothing through that makes a
        position larger. Flatten closes positions, and lists them first.
      </p>
      {open === "resume" ? <ResumeDialog state={state} onClose={close} /> : null}
      {open === "flatten" ? <FlattenDialog accounts={accounts} onClose={close} /> : null}
    </div>
  );
}
