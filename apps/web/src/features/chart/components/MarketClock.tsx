import type { MarketView } from "@trenddojo/server/wire";
import { Moon, MoonStar, Sun, Sunrise, Sunset } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import { InstantText } from "../../../ui/InstantText.tsx";
import { useMarket } from "../api/getMarket.ts";

const SESSIONS = {
  overnight: { word: "Overnight", Icon: MoonStar },
  pre: { word: "Pre-market", Icon: Sunrise },
  regular: { word: "Open", Icon: Sun },
  post: { word: "After hours", Icon: Sunset },
  closed: { word: "Closed", Icon: Moon },
} as const satisfies Record<MarketView["session"], { word: string; Icon: LucideIcon }>;

/** The market's session and what comes next, on the market's own clock. */
export function MarketClock({ connectionId }: { readonly connectionId: string }) {
  const market = useMarket(connectionId);
  const { word, Icon } = SESSIONS[market.session];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 p-3">
      <dt className="text-muted">{market.market}</dt>
      <dd className="flex items-center gap-1.5 font-medium">
        <Icon aria-hidden size={14} />
        {word}
        {market.earlyClose ? ", closes early today" : ""}
      </dd>
      <dt className="text-muted">Market time</dt>
      <dd>
        <InstantText at={market.at} />
      </dd>
      {market.nextOpenAt === null ? null : (
        <>
          <dt className="text-muted">Opens</dt>
          <dd>
            <InstantText at={market.nextOpenAt} />
          </dd>
        </>
      )}
      {market.nextCloseAt === null ? null : (
        <>
          <dt className="text-muted">Closes</dt>
          <dd>
            <InstantText at={market.nextCloseAt} />
          </dd>
        </>
      )}
      <dt className="text-muted">Prices</dt>
      <dd>
        {market.source.label}
        {market.source.state === "running" ? "" : ` (${market.source.state})`}
        {market.source.malformedRows === 0 ? "" : `, ${market.source.malformedRows} unreadable rows skipped`}
      </dd>
    </dl>
  );
}
