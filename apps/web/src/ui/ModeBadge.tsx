import type { Mode } from "@trenddojo/brokers/domain";
import { MODE_MEANINGS, MODE_NAMES } from "../lib/modeText.ts";

const SHAPES = {
  mock: "mode-mock text-sim",
  paper: "mode-paper text-paper",
  live: "mode-live text-white",
} as const satisfies Record<Mode, string>;

/** Which money it is, in a word, a colour and a shape. */
export function ModeBadge({ mode, className = "" }: { readonly mode: Mode; readonly className?: string }) {
  return (
    <span
      title={MODE_MEANINGS[mode]}
      className={`inline-flex h-5 items-center rounded px-1.5 text-2xs font-bold tracking-wider ${SHAPES[mode]} ${className}`}
    >
      <span className="rounded-sm px-0.5 [background:color-mix(in_oklab,var(--panel)_88%,transparent)] in-[.mode-live]:bg-transparent">
        {MODE_NAMES[mode]}
      </span>
    </span>
  );
}
