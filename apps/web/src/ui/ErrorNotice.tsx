import { OctagonAlert, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import type { CallFailure } from "../lib/deskError.ts";
import { Button } from "./Button.tsx";

interface ErrorNoticeProps {
  readonly title?: string;
  readonly failure: CallFailure;
  readonly onRetry?: () => void;
  readonly retryLabel?: string;
  /** Issues that have a place of their own, beside their fields, and need no line here. */
  readonly hideIssues?: boolean;
}

/** A failed call: what happened with its numbers, what to do next, its code and the id to find it by. */
export function ErrorNotice({
  title,
  failure,
  onRetry,
  retryLabel = "Try again",
  hideIssues = false,
}: ErrorNoticeProps) {
  const retry = onRetry === undefined ? null : <RetryButton label={retryLabel} onRetry={onRetry} />;
  switch (failure.kind) {
    case "transport":
      return (
        <Notice icon={<Unplug aria-hidden size={16} />} title={title ?? "No answer from the desk"}>
          <p>The desk could not be reached. It is tried again by itself.</p>
          {retry}
        </Notice>
      );
    case "defect":
      return (
        <Notice icon={<OctagonAlert aria-hidden size={16} />} title={title ?? "This part of the page has failed"}>
          <p>Reload the page. Orders are not touched by this.</p>
          <p className="text-2xs text-muted">
            <code>{failure.message}</code>
          </p>
          {retry}
        </Notice>
      );
    case "refused": {
      const { desk } = failure;
      const issues = hideIssues ? [] : desk.issues.filter((issue) => issue.message !== desk.message);
      return (
        <Notice icon={<OctagonAlert aria-hidden size={16} />} title={title ?? desk.message}>
          {title === undefined ? null : <p>{desk.message}</p>}
          {issues.length === 0 ? null : (
            <ul className="list-disc pl-4">
              {issues.map((issue) => (
                <li key={`${issue.code} ${issue.field ?? ""} ${issue.message}`}>{issue.message}</li>
              ))}
            </ul>
          )}
          <p>{desk.fix}</p>
          {desk.retryAfterSeconds === null ? null : <p>Possible again in {Math.ceil(desk.retryAfterSeconds)} s.</p>}
          <p className="text-2xs text-muted">
            <code>{desk.code}</code> · request <code>{desk.requestId}</code>
          </p>
          {retry}
        </Notice>
      );
    }
  }
}

function Notice({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div role="alert" className="flex gap-2 rounded-md border border-bad bg-bad-wash p-3">
      <span className="mt-0.5 text-bad">{icon}</span>
      <div className="flex min-w-0 flex-col items-start gap-1 break-words">
        <p className="font-semibold text-bad">{title}</p>
        {children}
      </div>
    </div>
  );
}

function RetryButton({ label, onRetry }: { label: string; onRetry: () => void }) {
  return (
    <Button size="small" onClick={onRetry} className="mt-1">
      {label}
    </Button>
  );
}
