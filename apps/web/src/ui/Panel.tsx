import { useId } from "react";
import type { ReactNode } from "react";
import { PanelBoundary } from "./PanelBoundary.tsx";

interface PanelProps {
  readonly title: string;
  /** Beside the title: counts, ages. */
  readonly meta?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  /** Room around the content; tables want none. */
  readonly padded?: boolean;
}

/** A titled region of the screen that loads and fails on its own. */
export function Panel({ title, meta, actions, children, className = "", padded = false }: PanelProps) {
  const titleId = useId();
  return (
    <section
      aria-labelledby={titleId}
      className={`flex min-w-0 flex-col rounded-lg border border-line bg-panel ${className}`}
    >
      <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1">
        <h2 id={titleId} className="text-sm font-semibold">
          {title}
        </h2>
        {meta === undefined ? null : <div className="text-xs text-muted">{meta}</div>}
        {actions === undefined ? null : <div className="ml-auto flex items-center gap-2">{actions}</div>}
      </header>
      <div className={`min-h-0 min-w-0 flex-1 ${padded ? "p-3" : ""}`}>
        <PanelBoundary name={title}>{children}</PanelBoundary>
      </div>
    </section>
  );
}
