import { Link } from "@tanstack/react-router";
import { AgeText } from "../../../ui/AgeText.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { useConnections } from "../api/listConnections.ts";
import { CONNECTION_STATE_TEXT } from "../model/connectionText.ts";
import { SimulatorBadge } from "../../../ui/SimulatorBadge.tsx";
import { StateText } from "../../../ui/StateText.tsx";

/** The connections in a few lines, for the dashboard. */
export function ConnectionsSummary() {
  const connections = useConnections();
  return (
    <ul>
      {connections.map((connection) => {
        const { label, tone } = CONNECTION_STATE_TEXT[connection.status.state];
        const { lastEvidenceAt } = connection.status.channels.data;
        return (
          <li
            key={connection.id}
            className="flex min-h-(--row) flex-wrap items-center gap-x-2 border-t border-line px-3 first:border-t-0"
          >
            <Link to="/connections" className="inline-flex min-h-6 items-center font-medium hover:text-accent">
              {connection.label}
            </Link>
            <ModeBadge mode={connection.mode} />
            {connection.isSimulator ? <SimulatorBadge /> : null}
            <span className="ml-auto">
              <StateText tone={tone}>{label}</StateText>
            </span>
            <span className="text-xs text-muted">
              {lastEvidenceAt === null ? (
                "no prices yet"
              ) : (
                <>
                  prices <AgeText since={lastEvidenceAt} />
                </>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
