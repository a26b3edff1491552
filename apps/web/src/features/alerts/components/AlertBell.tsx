import { Link } from "@tanstack/react-router";
import { Bell } from "lucide-react";
import { useCurrentAlerts } from "../api/currentAlerts.ts";
import { summariseAlerts } from "../model/alertText.ts";

/** How many alerts nobody has acknowledged; opens their list. */
export function AlertBell() {
  const alerts = useCurrentAlerts();
  const { unseen, isCritical, label } = summariseAlerts(alerts ?? []);
  const tone = isCritical ? "border-bad text-bad" : unseen > 0 ? "border-warn text-warn" : "border-line text-muted";
  return (
    <Link
      to="/alerts"
      aria-label={alerts === undefined ? "Alerts" : label}
      title={alerts === undefined ? "Alerts" : label}
      className={`flex h-8 min-w-8 items-center justify-center gap-1 rounded-full border px-2 text-xs hover:border-strong-line ${tone}`}
    >
      <Bell aria-hidden size={15} fill={isCritical ? "currentColor" : "none"} />
      {unseen === 0 ? null : <span className="num font-semibold">{unseen}</span>}
    </Link>
  );
}
