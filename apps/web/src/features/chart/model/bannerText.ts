import type { MarketView } from "@trenddojo/server/wire";

/** What must stand over a screen whose prices are not the market's of now; null where they are. */
export function bannerText(source: MarketView["source"]): string | null {
  const stopped =
    source.state === "ended"
      ? " It has ended: prices no longer move."
      : source.state === "paused"
        ? " It is paused."
        : "";
  switch (source.kind) {
    case "replay":
      return `Replay of ${source.label.replace(/^replay( of)? /i, "")}: prices are of a past day.${stopped}`;
    case "synthetic":
      return `Synthetic prices: invented, for practice only.${stopped}`;
    case "mirror":
    case "broker":
      return source.synthetic ? `Synthetic prices: invented, for practice only.${stopped}` : null;
  }
}
