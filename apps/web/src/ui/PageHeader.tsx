import type { ReactNode } from "react";

interface PageHeaderProps {
  readonly title: string;
  readonly meta?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHeader({ title, meta, actions }: PageHeaderProps) {
  return (
    <div className="mb-3 flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2">
      <h1 className="text-lg font-semibold">{title}</h1>
      {meta === undefined ? null : <div className="text-muted">{meta}</div>}
      {actions === undefined ? null : <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
