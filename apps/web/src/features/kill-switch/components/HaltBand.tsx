import { Link } from "@tanstack/react-router";
import type { TradingStateView } from "@trenddojo/server/wire";
import { OctagonX, TriangleAlert } from "lucide-react";
import { AgeText } from "../../../ui/AgeText.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { haltSummary, originText, STATE_TEXT } from "../model/haltText.ts";
import { HaltSteps } from "./HaltSteps.tsx";

const LOOKS = {
  HALTED: { Icon: OctagonX, band: "band-halted border-bad bg-bad-wash", text: "text-bad" },
  REDUCING: { Icon: TriangleAlert, band: "band-reducing border-warn bg-warn-wash", text: "text-warn" },
} as const;

/** What does not pass, since when, by whom and why, and what each broker has confirmed. */
export function HaltBand({ state }: { readonly state: TradingStateView }) {
  const { Icon, band, text } = LOOKS[state.state === "HALTED" ? "HALTED" : "REDUCING"];
  const origin = originText(state);
  return (
    <section aria-label="Trading state" className={`border-b-2 py-2 pr-3 pl-6 ${band}`}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <strong className={`inline-flex items-center gap-1.5 text-sm tracking-wide ${text}`}>
          <Icon aria-hidden size={18} />
          {state.state}
        </strong>
        <span>{STATE_TEXT[state.state].meaning}</span>
        <span className="text-muted">
          Since <InstantText at={state.changedAt} parts="time" /> (<AgeText since={state.changedAt} />)
          {origin === "" ? "" : `, ${origin}`}
          {state.reason === null || state.reason === "" ? "" : `: ${state.reason}`}
        </span>
        <Link to="/risk" hash="trading" className={`ml-auto inline-flex min-h-6 items-center underline ${text}`}>
          Resume or flatten
        </Link>
      </div>
      {state.halt === null ? null : (
        <details open={state.halt.steps.some((step) => step.state !== "confirmed")} className="mt-1">
          <summary className="min-h-6 w-fit">{capitalised(haltSummary(state.halt))}</summary>
          <HaltSteps halt={state.halt} />
        </details>
      )}
    </section>
  );
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
