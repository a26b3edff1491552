import { Link } from "@tanstack/react-router";
import type { AuditEntryView } from "@trenddojo/server/wire";
import { DataTable } from "../../../ui/DataTable.tsx";
import type { Column } from "../../../ui/DataTable.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { useActivity } from "../api/listActivity.ts";
import { EntryDetail } from "./EntryDetail.tsx";

interface ActivityTableProps {
  readonly search: string;
  /** The entry that the address points to. */
  readonly entryId: string | undefined;
}

/** Every command, answer, fill, sign-in and change; each entry has an address of its own. */
export function ActivityTable({ search, entryId }: ActivityTableProps) {
  const { entries, loadMore } = useActivity(search);
  const chosen = entries.find((entry) => entry.id === entryId);
  if (entries.length === 0)
    return <EmptyState title={search === "" ? "Nothing has happened yet" : `Nothing matches “${search}”`} />;
  return (
    <>
      {entryId === undefined ? null : <EntryDetail entry={chosen} search={search} />}
      <DataTable
        caption="Activity"
        columns={columnsFor(search)}
        rows={entries}
        rowKey={(entry) => entry.id}
        onEndReached={loadMore}
        rowClass={(entry) => (entry.id === entryId ? "bg-raised" : "")}
        frameClass="max-h-[calc(100dvh-14rem)]"
      />
    </>
  );
}

function columnsFor(search: string): readonly Column<AuditEntryView>[] {
  return [
    {
      key: "at",
      header: "Time",
      cell: (entry) => (
        <Link
          to="/activity"
          search={{ ...(search === "" ? {} : { search }), entry: entry.id }}
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
      cell: (entry) => <span className="line-clamp-3 py-0.5">{entry.message}</span>,
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
  ];
}
