/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an <output> holds phrases, this holds cards with buttons. */
import { CircleCheck, Info, OctagonAlert, X } from "lucide-react";
import { useStore } from "../lib/createStore.ts";
import { useDesk } from "../lib/desk.ts";
import type { Toast } from "../lib/toasts.ts";
import { Button } from "./Button.tsx";
import { ModeBadge } from "./ModeBadge.tsx";

const LOOKS = {
  info: { Icon: Info, tone: "text-accent" },
  good: { Icon: CircleCheck, tone: "text-good" },
  bad: { Icon: OctagonAlert, tone: "text-bad" },
} as const;

/** The short messages, read out politely as they come. */
export function ToastStack() {
  const { toasts } = useDesk();
  const shown = useStore(toasts.shown);
  return (
    <div
      role="status"
      aria-label="Messages"
      className="pointer-events-none fixed right-3 bottom-20 z-40 flex w-[min(24rem,calc(100vw-1.5rem))] flex-col gap-2 md:bottom-4"
    >
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} onDismiss={() => toasts.dismiss(toast.id)} />
      ))}
    </div>
  );
}

function ToastCard({ toast, onDismiss }: { toast: Toast; onDismiss: () => void }) {
  const { Icon, tone } = LOOKS[toast.tone];
  return (
    <div className="pointer-events-auto flex items-start gap-2 rounded-lg border border-line bg-panel p-3 shadow-pop">
      <Icon aria-hidden size={16} className={`mt-0.5 shrink-0 ${tone}`} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {toast.title}
          {toast.mode === null ? null : <ModeBadge mode={toast.mode} />}
        </p>
        <p className="break-words text-muted">{toast.detail}</p>
      </div>
      <Button tone="plain" size="small" aria-label={`Dismiss: ${toast.title}`} onClick={onDismiss}>
        <X aria-hidden size={14} />
      </Button>
    </div>
  );
}
