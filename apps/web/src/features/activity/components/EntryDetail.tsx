import { Link } from "@tanstack/react-router";
import type { AuditEntryView } from "@trenddojo/server/wire";
import type { ActivityFilters } from "../model/ActivityFilters.ts";
import { EntryMessage } from "./EntryMessage.tsx";
import { SubjectLink } from "./SubjectLink.tsx";

interface EntryDetailProps {
  /** Undefined where the entry is not among those that were fetched. */
  readonly entry: AuditEntryView | undefined;
  readonly filters: ActivityFilters;
}

/** One entry whole, with its place in its chain. */
export function EntryDetail({ entry, filters }: EntryDetailProps) {
  return (
    <section aria-label="Entry" className="border-b border-line bg-canvas p-3">
      <div className="flex items-start justify-between gap-3">
        <p className="font-medium">
          {entry === undefined ? (
            "This entry is further back. Search for it, or scroll until it has been fetched."
          ) : (
            <EntryMessage entry={entry} />
          )}
        </p>
        <Link to="/activity" search={filters} className="text-accent underline">
          Close
        </Link>
      </div>
      {entry === undefined ? null : (
        <>
          <pre className="mt-2 overflow-x-auto rounded-md border border-line bg-panel p-2 font-mono text-xs whitespace-pre-wrap">
            {JSON.stringify(entry.details, null, 2)}
          </pre>
          <SubjectLink entry={entry} />
          <p className="mt-2 text-xs break-all text-muted">
            {entry.chain} #{entry.sequence} · <code>{entry.hash}</code>
          </p>
        </>
      )}
    </section>
  );
}
