import { Lock } from "lucide-react";
import { useReadOnlyReason } from "../lib/readOnly.ts";

/** Why the buttons near it are disabled; nothing for those who may use them. */
export function ReadOnlyNote() {
  const reason = useReadOnlyReason();
  if (reason === undefined) return null;
  return (
    <p className="flex items-center gap-2 text-muted">
      <Lock aria-hidden size={14} className="shrink-0" />
      {reason}
    </p>
  );
}
