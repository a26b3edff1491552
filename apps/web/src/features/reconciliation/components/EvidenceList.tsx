import { InstantText } from "../../../ui/InstantText.tsx";
import { evidenceRows } from "../model/evidenceRows.ts";

/** What the broker said, and when it was asked. */
export function EvidenceList({ evidence }: { readonly evidence: Readonly<Record<string, unknown>> }) {
  const rows = evidenceRows(evidence);
  if (rows.length === 0) return <p className="text-muted">No evidence was kept.</p>;
  return (
    <dl className="grid gap-x-4 gap-y-0.5 rounded-md border border-line bg-canvas px-3 py-2 sm:grid-cols-[auto_1fr]">
      {rows.map(({ label, value, isInstant }) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="num min-w-0 break-words">{isInstant ? <InstantText at={value} /> : value}</dd>
        </div>
      ))}
    </dl>
  );
}
