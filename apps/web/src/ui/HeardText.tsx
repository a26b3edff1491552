import { Clock } from "lucide-react";
import { isStale } from "../lib/staleness.ts";
import { formatAge, toEpochMs } from "../lib/timeText.ts";
import { useWallNow } from "../lib/useNow.ts";

/** "heard 3 s ago", stepping by the second; after a silence it says that it is stale. */
export function HeardText({ since }: { readonly since: string }) {
  const ageMs = useWallNow() - toEpochMs(since);
  const age = <span className="num">{formatAge(ageMs)} ago</span>;
  if (!isStale(ageMs)) return <>heard {age}</>;
  return (
    <span className="inline-flex items-center gap-1 text-warn">
      <Clock aria-hidden size={12} />
      <span>Stale: heard {age}</span>
    </span>
  );
}
