import type { ReactNode } from "react";

/** The frame of the screens before the desk. */
export function AuthCard({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-2.5">
          <img src="/icon.svg" alt="" width={32} height={32} />
          <span className="text-lg font-semibold tracking-tight">TrendDojo</span>
        </div>
        <div className="rounded-xl border border-line bg-panel p-6">
          <h1 className="text-lg font-semibold">{title}</h1>
          <div className="mt-1 mb-5 text-muted">{lead}</div>
          {children}
        </div>
      </div>
    </main>
  );
}
