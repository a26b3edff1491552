import { Link } from "@tanstack/react-router";
import type { AuditEntryView } from "@trenddojo/server/wire";
import { DataTable } from "../../../ui/DataTable.tsx";
import type { Column } from "../../../ui/DataTable.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { useActivity } from "../api/listActivity.ts";
import { EntryDetail } from "./EntryDetail.tsx";
import type { ActivityFilters, queryOf } from "../model/ActivityFilters.ts";
import { EntryMessage } from "./EntryMessage.tsx";
import { SubjectLink } from "./SubjectLink.tsx";

interface ActivityTableProps {
  readonly filters: ActivityFilters;
  readonly query: ReturnType<typeof queryOf>;
  /** The entry that the address points to. */
  readonly entryId: string | undefined;
}

/** Every command, answer, fill, sign-in and change; each entry has an address of its own. */
export function ActivityTable({ filters, query, entryId }: ActivityTableProps) {
  const { entries, loadMore } = useActivity(query);
  const chosen = entries.find((entry) => entry.id === entryId);
  if (entries.length === 0)
    return <EmptyState title={Object.keys(filters).length === 0 ? "Nothing has happened yet" : "Nothing matches"} />;
  return (
    <>
      {entryId === undefined ? null : <EntryDetail entry={chosen} filters={filters} />}
      <DataTable
        caption="Activity"
        columns={columnsFor(filters)}
        rows={entries}
        rowKey={(entry) => entry.id}
        onEndReached={loadMore}
        rowClass={(entry) => (entry.id === entryId ? "bg-raised" : "")}
        frameClass="max-h-[calc(100dvh-14rem)]"
      />
    </>
  );
}

function columnsFor(filters: ActivityFilters): readonly Column<AuditEntryView>[] {
  return [
    {
      key: "at",
      header: "Time",
      cell: (entry) => (
        <Link
          to="/activity"
          search={{ ...filters, entry: entry.id }}
          className="inline-flex min-h-6 items-center text-accent hover:underline"
        >
          <span className="max-sm:hidden">
            <InstantText at={entry.at} />
          </span>
          <span className="sm:hidden">
            <InstantText at={entry.at} parts="time" />
          </span>
        </Link>
      ),
    },
    {
      key: "action",
      header: "Action",
      from: "sm",
      cell: (entry) => <code className="text-xs whitespace-nowrap text-muted">{entry.action}</code>,
    },
    {
      key: "message",
      header: "What happened",
      cell: (entry) => (
        <span className="line-clamp-3 py-0.5">
          <EntryMessage entry={entry} />
        </span>
      ),
    },
    {
      key: "mode",
      header: "Mode",
      from: "md",
      cell: (entry) => (entry.mode === null ? null : <ModeBadge mode={entry.mode} />),
    },
    {
      key: "who",
      header: "Who",
      from: "md",
      cell: (entry) => <span className="whitespace-nowrap text-muted">{entry.username ?? "the desk"}</span>,
    },
    {
      key: "subject",
      header: "Subject",
      from: "xl",
      cell: (entry) => <code className="block max-w-48 truncate text-2xs text-muted">{entry.subject ?? ""}</code>,
    },
    {
      key: "link",
      header: "Leads to",
      from: "md",
      cell: (entry) => <SubjectLink entry={entry} />,
    },
  ];
}
