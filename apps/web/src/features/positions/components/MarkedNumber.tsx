import type { Portfolio, PositionView } from "@trenddojo/server/wire";
import { formatDecimal, PRICE } from "../../../lib/decimalText.ts";
import { useWallNow } from "../../../lib/useNow.ts";
import { isStale } from "../../../lib/staleness.ts";
import { ChangeText } from "../../../ui/ChangeText.tsx";
import { DecimalText, MoneyText } from "../../../ui/DecimalText.tsx";
import { STALE_TONE } from "../../../ui/staleTone.ts";
import { markAgeMs } from "../model/markAge.ts";
import { markFormat } from "../model/markFormat.ts";

interface MarkedNumberProps {
  readonly position: PositionView;
  readonly portfolio: Portfolio;
  readonly field: "marketPrice" | "marketValue" | "unrealizedPnl";
}

/** A number that stands on the position's mark, dimmed while the mark is stale. */
export function MarkedNumber({ position, portfolio, field }: MarkedNumberProps) {
  const stale = isStale(markAgeMs(position.markedAt, portfolio, useWallNow()));
  const value = position[field];
  const className = stale ? STALE_TONE : "";
  switch (field) {
    case "marketPrice":
      return (
        <span title={value === null ? undefined : `Last trade or middle of the quote: ${formatDecimal(value, PRICE)}`}>
          <DecimalText value={value} format={markFormat(value)} className={className} />
        </span>
      );
    case "marketValue":
      return <MoneyText value={value} className={className} />;
    case "unrealizedPnl":
      return <ChangeText value={value} stale={stale} />;
  }
}
