import { formatAge, toEpochMs } from "../lib/timeText.ts";
import { useWallNow } from "../lib/useNow.ts";

/** How long ago an instant was, stepping by the second. */
export function AgeText({ since, suffix = " ago" }: { readonly since: number | string; readonly suffix?: string }) {
  const now = useWallNow();
  return (
    <span className="num">
      {formatAge(now - toEpochMs(since))}
      {suffix}
    </span>
  );
}
