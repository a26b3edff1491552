import { Link } from "@tanstack/react-router";
import type { AlertView } from "@trenddojo/server/wire";
import { CircleCheck, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import { AgeText } from "../../../ui/AgeText.tsx";
import { Button } from "../../../ui/Button.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { KIND_NAMES, KIND_SCREENS, lastedText, SEVERITY_NAMES } from "../model/alertText.ts";

interface AlertRowProps {
  readonly alert: AlertView;
  /** Why the person may not acknowledge; undefined where they may. */
  readonly disabledReason: string | undefined;
  readonly onAcknowledge: () => void;
}

const LOOKS = {
  info: { Icon: Info, text: "text-accent" },
  warning: { Icon: TriangleAlert, text: "text-warn" },
  critical: { Icon: OctagonAlert, text: "text-bad" },
} as const;

const LINK = "inline-flex min-h-6 items-center text-accent underline";

/** One alert: what failed and when, and what became of it. */
export function AlertRow({ alert, disabledReason, onAcknowledge }: AlertRowProps) {
  const { Icon, text } = LOOKS[alert.severity];
  const name = KIND_NAMES[alert.kind];
  const screen = KIND_SCREENS[alert.kind];
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className={`inline-flex items-center gap-1.5 font-semibold ${text}`}>
            <Icon aria-hidden size={14} /> {SEVERITY_NAMES[alert.severity]}
          </span>
          <span className="font-medium">{name}</span>
        </p>
        <p className="break-words">{alert.message}</p>
        <p className="text-xs text-muted">
          Raised <InstantText at={alert.raisedAt} /> (<AgeText since={alert.raisedAt} />) ·{" "}
          {screen === null ? (
            <Link to="/orders/$orderId" params={{ orderId: alert.subject }} className={LINK}>
              The order
            </Link>
          ) : (
            <Link to={screen.to} className={LINK}>
              {screen.label}
            </Link>
          )}
        </p>
      </div>
      <div className="flex flex-col items-start gap-1">
        {alert.recoveredAt === null ? (
          <span className="font-medium text-warn">Ongoing</span>
        ) : (
          <span className="inline-flex items-center gap-1.5 text-good">
            <CircleCheck aria-hidden size={14} /> Recovered <InstantText at={alert.recoveredAt} parts="time" />,{" "}
            {lastedText(alert)}
          </span>
        )}
        {alert.acknowledgedAt === null ? (
          <Button
            size="small"
            disabled={disabledReason !== undefined}
            title={disabledReason}
            aria-label={`Acknowledge: ${name}, ${alert.message}`}
            onClick={onAcknowledge}
          >
            Acknowledge
          </Button>
        ) : (
          <span className="text-xs text-muted">
            Acknowledged <InstantText at={alert.acknowledgedAt} parts="time" />
          </span>
        )}
      </div>
    </li>
  );
}
