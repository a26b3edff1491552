import { Link } from "@tanstack/react-router";
import type { AccountView, DriftView } from "@trenddojo/server/wire";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { accountSuffix } from "../../../lib/modeText.ts";
import { AgeText } from "../../../ui/AgeText.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { actionText, KIND_NAMES, orderIdOf, timesText } from "../model/driftText.ts";
import { EvidenceList } from "./EvidenceList.tsx";
import { ResolveForm } from "./ResolveForm.tsx";

interface DriftRowProps {
  readonly drift: DriftView;
  /** Undefined where the account is gone. */
  readonly account: AccountView | undefined;
}

/** One difference: what the desk had, what the broker says, why they may differ, and what was done. */
export function DriftRow({ drift, account }: DriftRowProps) {
  const orderId = orderIdOf(drift);
  const isOpen = drift.resolvedAt === null;
  const Icon = isOpen ? TriangleAlert : CircleCheck;
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className={`inline-flex items-center gap-1.5 font-semibold ${isOpen ? "text-warn" : "text-good"}`}>
          <Icon aria-hidden size={14} /> {isOpen ? "Open" : "Resolved"}
        </span>
        <span className="font-medium">{KIND_NAMES[drift.kind]}</span>
        {drift.symbol === null ? null : <span className="font-semibold">{drift.symbol}</span>}
        {orderId === undefined ? null : (
          <Link
            to="/orders/$orderId"
            params={{ orderId }}
            className="inline-flex min-h-6 items-center text-accent underline"
          >
            The order
          </Link>
        )}
        <span className="ml-auto inline-flex items-center gap-2 text-muted">
          {account === undefined
            ? "an account that is gone"
            : `${account.label} ${accountSuffix(account.venueAccountId)}`}
          <ModeBadge mode={drift.mode} />
        </span>
      </div>
      <dl className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[auto_1fr]">
        <dt className="text-muted">The desk had</dt>
        <dd className="num min-w-0 break-words">{drift.here}</dd>
        <dt className="text-muted">The broker says</dt>
        <dd className="num min-w-0 break-words">{drift.there}</dd>
        <dt className="text-muted">Cause</dt>
        <dd className="min-w-0 break-words">{drift.cause}</dd>
        <dt className="text-muted">Action</dt>
        <dd className="min-w-0">{actionText(drift)}</dd>
      </dl>
      <p className="text-xs text-muted">
        Found <InstantText at={drift.foundAt} />, seen {timesText(drift.timesSeen)}
        {drift.timesSeen === 1 ? null : (
          <>
            , last <AgeText since={drift.seenAt} />
          </>
        )}
        {drift.resolvedAt === null ? null : (
          <>
            , resolved <InstantText at={drift.resolvedAt} />
          </>
        )}
        .
      </p>
      {drift.note === null ? null : <p className="break-words">“{drift.note}”</p>}
      <details>
        <summary className="min-h-6 w-fit text-muted hover:text-ink">Evidence</summary>
        <EvidenceList evidence={drift.evidence} />
      </details>
      {isOpen ? (
        <ResolveForm driftId={drift.id} name={`${KIND_NAMES[drift.kind]} ${drift.symbol ?? ""}`.trim()} />
      ) : null}
    </li>
  );
}
