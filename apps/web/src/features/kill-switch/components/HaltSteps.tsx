import type { TradingHaltView } from "@trenddojo/server/wire";
import { CircleCheck, CircleDashed, OctagonAlert, TriangleAlert } from "lucide-react";
import { AgeText } from "../../../ui/AgeText.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { STEP_TEXT, stepDetail } from "../model/haltText.ts";

const LOOKS = {
  good: { Icon: CircleCheck, text: "text-good" },
  busy: { Icon: CircleDashed, text: "text-accent" },
  warn: { Icon: TriangleAlert, text: "text-warn" },
  bad: { Icon: OctagonAlert, text: "text-bad" },
} as const;

/** Broker by broker: whether it confirms that no order is open, and what is done about it where it does not. */
export function HaltSteps({ halt }: { readonly halt: TradingHaltView }) {
  return (
    <ul aria-label="What each broker has confirmed" className="flex flex-col gap-1">
      {halt.steps.map((step) => {
        const { word, tone } = STEP_TEXT[step.state];
        const { Icon, text } = LOOKS[tone];
        return (
          <li key={step.connectionId} className="flex flex-wrap items-center gap-x-2">
            <span className="font-medium">{step.label}</span>
            <ModeBadge mode={step.mode} />
            <span className={`inline-flex items-center gap-1 font-semibold ${text}`}>
              <Icon aria-hidden size={14} />
              {word}
            </span>
            <span className="num">
              {stepDetail(step)}
              {step.error === null || step.state === "confirmed" ? "" : ` (${step.error.replace(/\.$/, "")})`},{" "}
              <AgeText since={step.updatedAt} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
