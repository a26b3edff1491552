import type { ReactNode } from "react";
import { STALE_TONE } from "./staleTone.ts";

interface StatTileProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly detail?: ReactNode;
  readonly stale?: boolean;
}

/** One number with its name. */
export function StatTile({ label, children, detail, stale = false }: StatTileProps) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5 bg-panel px-4 py-3">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className={`num truncate text-lg leading-6 font-semibold ${stale ? STALE_TONE : ""}`}>{children}</dd>
      {detail === undefined ? null : <dd className="truncate text-xs text-muted">{detail}</dd>}
    </div>
  );
}
