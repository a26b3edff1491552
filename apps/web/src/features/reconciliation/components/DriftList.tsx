import type { AccountView } from "@trenddojo/server/wire";
import { Button } from "../../../ui/Button.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { useDrifts } from "../api/listDrifts.ts";
import type { DriftFilter } from "../api/listDrifts.ts";
import { DriftRow } from "./DriftRow.tsx";

interface DriftListProps {
  readonly filter: DriftFilter;
  readonly accounts: readonly AccountView[];
}

const EMPTY = {
  open: "No difference waits for a person",
  resolved: "No difference was resolved yet",
  all: "Desk and brokers have never differed",
} as const satisfies Record<DriftFilter, string>;

/** Every difference that a comparison found, newest first. */
export function DriftList({ filter, accounts }: DriftListProps) {
  const { drifts, hasMore, isLoading, loadMore } = useDrifts(filter);
  if (drifts.length === 0) return <EmptyState title={EMPTY[filter]} />;
  return (
    <>
      <ul aria-label="Differences" className="divide-y divide-line">
        {drifts.map((drift) => (
          <DriftRow key={drift.id} drift={drift} account={accounts.find(({ id }) => id === drift.accountId)} />
        ))}
      </ul>
      {hasMore ? (
        <div className="border-t border-line p-3 text-center">
          <Button onClick={loadMore} disabled={isLoading}>
            {isLoading ? "Loading…" : "Earlier differences"}
          </Button>
        </div>
      ) : null}
    </>
  );
}
