import { CircleCheck, CircleDashed, CircleSlash, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const LOOKS = {
  good: { Icon: CircleCheck, text: "text-good" },
  busy: { Icon: CircleDashed, text: "text-accent" },
  warn: { Icon: TriangleAlert, text: "text-warn" },
  quiet: { Icon: CircleSlash, text: "text-muted" },
} as const;

/** A state in a word and a glyph. */
export function StateText({ tone, children }: { readonly tone: keyof typeof LOOKS; readonly children: ReactNode }) {
  const { Icon, text } = LOOKS[tone];
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${text}`}>
      <Icon aria-hidden size={14} />
      {children}
    </span>
  );
}
