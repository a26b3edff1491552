import { readFailure } from "../../../lib/deskError.ts";
import { useReadOnlyReason } from "../../../lib/readOnly.ts";
import { Button } from "../../../ui/Button.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { useAcknowledgeAlert } from "../api/acknowledgeAlert.ts";
import { useAlerts } from "../api/listAlerts.ts";
import type { AlertFilter } from "../api/listAlerts.ts";
import { AlertRow } from "./AlertRow.tsx";

const EMPTY = { open: "Nothing is wrong now", all: "There was no alert yet" } as const;

/** Alerts with their failure and their recovery, newest first. */
export function AlertList({ filter }: { readonly filter: AlertFilter }) {
  const { alerts, hasMore, isLoading, loadMore } = useAlerts(filter);
  const acknowledge = useAcknowledgeAlert();
  const readOnly = useReadOnlyReason();
  if (alerts.length === 0) return <EmptyState title={EMPTY[filter]} />;
  return (
    <>
      {acknowledge.error === null ? null : <ErrorNotice failure={readFailure(acknowledge.error)} />}
      <ul aria-label="Alerts" className="divide-y divide-line">
        {alerts.map((alert) => (
          <AlertRow
            key={alert.id}
            alert={alert}
            disabledReason={readOnly}
            onAcknowledge={() => acknowledge.mutate({ alertId: alert.id })}
          />
        ))}
      </ul>
      {hasMore ? (
        <div className="border-t border-line p-3 text-center">
          <Button onClick={loadMore} disabled={isLoading}>
            {isLoading ? "Loading…" : "Earlier alerts"}
          </Button>
        </div>
      ) : null}
    </>
  );
}
