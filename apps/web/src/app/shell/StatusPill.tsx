import { Link } from "@tanstack/react-router";
import { useConnections } from "../../features/broker-connections/api/listConnections.ts";
import { StateText } from "../../ui/StateText.tsx";
import { summariseConnections } from "../../features/broker-connections/model/connectionText.ts";
import { useStore } from "../../lib/createStore.ts";
import { useDesk } from "../../lib/desk.ts";
import { useWallNow } from "../../lib/useNow.ts";

/** Whether the page hears the desk and the desk its brokers. */
export function StatusPill() {
  const link = useStore(useDesk().link);
  const summary = summariseConnections(useConnections(), useWallNow());
  const { label, tone } = link === "lost" ? { label: "Desk unreachable", tone: "warn" as const } : summary;
  return (
    <Link
      to="/connections"
      aria-label={`Connections: ${label}`}
      title={label}
      className="num flex h-8 min-w-8 items-center justify-center rounded-full border border-line px-2.5 text-xs hover:border-strong-line"
    >
      <StateText tone={tone}>
        <span className="max-lg:sr-only">{label}</span>
      </StateText>
    </Link>
  );
}
