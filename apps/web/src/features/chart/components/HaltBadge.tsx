import type { HaltView } from "@trenddojo/server/wire";
import { OctagonPause } from "lucide-react";
import { InstantText } from "../../../ui/InstantText.tsx";

const WORDS = { halted: "Halted", paused: "Paused" } as const satisfies Record<HaltView["status"], string>;

/** Says that nothing trades, since when on the market's clock, and why where it was told. */
export function HaltBadge({ halt }: { readonly halt: HaltView }) {
  return (
    <p className="flex items-center gap-1 text-xs font-semibold text-warn">
      <OctagonPause aria-hidden size={13} className="shrink-0" />
      <span>
        {WORDS[halt.status]} since <InstantText at={halt.since} parts="time" />
        {halt.reason === "" ? "" : `: ${halt.reason}`}
      </span>
    </p>
  );
}
