import type { ConnectionView } from "@trenddojo/server/wire";
import { readFailure } from "../../../lib/deskError.ts";
import { MODE_NAMES } from "../../../lib/modeText.ts";
import { useReadOnlyReason } from "../../../lib/readOnly.ts";
import { AgeText } from "../../../ui/AgeText.tsx";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { useSettleDrifts } from "../api/settleDrift.ts";

/** When each connection was last compared with its broker, and comparing it now. */
export function CompareList({ connections }: { readonly connections: readonly ConnectionView[] }) {
  const { compare } = useSettleDrifts();
  const readOnly = useReadOnlyReason();
  return (
    <>
      <ul aria-label="Connections" className="divide-y divide-line">
        {connections.map(({ id, label, mode, status, reconciledAt, openDrifts }) => {
          const isComparing = compare.isPending && compare.variables.connectionId === id;
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
              <span className="font-medium">{label}</span>
              <ModeBadge mode={mode} />
              <span className="text-muted">
                {reconciledAt === null ? (
                  "not compared yet; orders wait for it"
                ) : (
                  <>
                    compared <AgeText since={reconciledAt} /> (<InstantText at={reconciledAt} parts="time" />)
                  </>
                )}
              </span>
              <span className={openDrifts > 0 ? "font-medium text-warn" : "text-muted"}>
                {openDrifts === 0 ? "no open difference" : `${openDrifts} open`}
              </span>
              <Button
                className="ml-auto"
                disabled={readOnly !== undefined || compare.isPending || !status.isConnected}
                title={readOnly ?? (status.isConnected ? undefined : "It is not connected")}
                aria-label={`Compare now: ${label} · ${MODE_NAMES[mode]}`}
                onClick={() => compare.mutate({ connectionId: id })}
              >
                {isComparing ? "Comparing…" : "Compare now"}
              </Button>
            </li>
          );
        })}
      </ul>
      {compare.error === null ? null : (
        <div className="p-3">
          <ErrorNotice failure={readFailure(compare.error)} />
        </div>
      )}
    </>
  );
}
