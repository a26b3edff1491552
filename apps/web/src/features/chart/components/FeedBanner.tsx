import { FlaskConical } from "lucide-react";
import { useMarket } from "../api/getMarket.ts";
import { bannerText } from "../model/bannerText.ts";

/** Says over every screen that the prices are invented or of the past. */
export function FeedBanner({ connectionId }: { readonly connectionId: string }) {
  const text = bannerText(useMarket(connectionId).source);
  if (text === null) return null;
  return (
    <p className="flex items-center gap-2 border-b border-line bg-warn-wash px-4 py-1 text-xs text-warn">
      <FlaskConical aria-hidden size={13} className="shrink-0" />
      {text}
    </p>
  );
}
