import type { ReactNode } from "react";

interface StatTileProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly detail?: ReactNode;
}

/** One number with its name. */
export function StatTile({ label, children, detail }: StatTileProps) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5 bg-panel px-4 py-3">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="num truncate text-lg leading-6 font-semibold">{children}</dd>
      {detail === undefined ? null : <dd className="truncate text-xs text-muted">{detail}</dd>}
    </div>
  );
}
