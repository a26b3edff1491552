import type { ConnectionView } from "@trenddojo/server/wire";
import { formatRemaining } from "../../../lib/timeText.ts";
import { useWallNow } from "../../../lib/useNow.ts";
import { MeterBar } from "../../../ui/MeterBar.tsx";
import { judgeBudget, leftText, queuedText } from "../model/healthText.ts";

/** What is left of the broker's requests, each host by itself, and who waits for one. */
export function BudgetList({ budget }: { readonly budget: ConnectionView["status"]["budget"] }) {
  const now = useWallNow();
  return (
    <ul aria-label="Requests left" className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
      {budget.map((host) => {
        const { share, tone } = judgeBudget(host);
        const left = leftText(host);
        const resetMs = Date.parse(host.resetAt) - now;
        return (
          <li key={host.host} className="flex min-w-0 flex-col gap-1">
            <span className="flex flex-wrap justify-between gap-x-3">
              <span className="text-muted">Requests, {host.host}</span>
              <span className="num">{left}</span>
            </span>
            <MeterBar label={`Requests left, ${host.host}`} share={share} tone={tone} valueText={left} />
            <span className="num text-xs text-muted">
              {resetMs > 0 ? `full again in ${formatRemaining(resetMs)}` : "full"}, {queuedText(host.queued)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
