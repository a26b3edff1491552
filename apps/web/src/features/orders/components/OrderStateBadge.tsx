import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CirclePause,
  CircleSlash,
  LoaderCircle,
  OctagonX,
  PieChart,
} from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { OrderView } from "@trenddojo/server/wire";
import { stateText } from "../model/orderStateText.ts";

const LOOKS = {
  quiet: { tone: "text-muted", Icon: CircleSlash },
  held: { tone: "text-muted", Icon: CirclePause },
  busy: { tone: "text-accent", Icon: CircleDashed },
  good: { tone: "text-good", Icon: CircleCheck },
  part: { tone: "text-warn", Icon: PieChart },
  bad: { tone: "text-bad", Icon: OctagonX },
  doubt: { tone: "text-warn", Icon: CircleHelp },
} as const satisfies Record<string, { tone: string; Icon: LucideIcon }>;

/** An order's state in a word and a glyph; on a phone a long one takes two lines. */
export function OrderStateBadge({ order }: { readonly order: Pick<OrderView, "state" | "isHeld"> }) {
  const { label, tone } = stateText(order);
  const { Icon, tone: textTone } = LOOKS[tone];
  const Glyph = label === "Sending" ? LoaderCircle : Icon;
  return (
    <span className={`inline-flex items-center gap-1 sm:whitespace-nowrap ${textTone}`}>
      <Glyph aria-hidden size={13} className={`shrink-0 ${label === "Sending" ? "animate-spin" : ""}`} />
      {label}
    </span>
  );
}
