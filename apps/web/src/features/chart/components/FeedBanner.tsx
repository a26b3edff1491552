import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FlaskConical, Unplug } from "lucide-react";
import { readFailure } from "../../../lib/deskError.ts";
import { useMarketOptions } from "../api/getMarket.ts";
import { bannerText } from "../model/bannerText.ts";

const BANNER = "flex items-center gap-2 border-b border-line bg-warn-wash px-4 py-1 text-xs text-warn";

/** Says over every screen that the prices are invented, of the past, or that there are none. */
export function FeedBanner({ connectionId }: { readonly connectionId: string }) {
  const { data, error } = useQuery(useMarketOptions(connectionId));
  const failure = error === null ? null : readFailure(error);
  if (failure?.kind === "refused") {
    return (
      <p className={BANNER}>
        <Unplug aria-hidden size={13} className="shrink-0" />
        {failure.desk.message}
        <Link to="/connections" className="inline-flex min-h-6 items-center underline">
          Connections
        </Link>
      </p>
    );
  }
  const text = data === undefined ? null : bannerText(data.source);
  if (text === null) return null;
  return (
    <p className={BANNER}>
      <FlaskConical aria-hidden size={13} className="shrink-0" />
      {text}
    </p>
  );
}
