import type { BrokerCard } from "@trenddojo/server/wire";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";

interface LiveNoticeProps {
  readonly live: NonNullable<BrokerCard["live"]>;
  readonly isChosen: boolean;
}

/** Of real money: why it is not to be had here and what to do, or, where it was chosen, what it was proven against. */
export function LiveNotice({ live: { caveat, obstacle }, isChosen }: LiveNoticeProps) {
  if (obstacle !== null) {
    return (
      <p className="-mt-2 text-xs text-muted">
        LIVE is not to be had here. {obstacle.message} {obstacle.fix} <code className="text-2xs">{obstacle.code}</code>
      </p>
    );
  }
  if (!isChosen) return null;
  return (
    <p role="note" className="rounded-md border border-bad bg-bad-wash px-3 py-2">
      <ModeBadge mode="live" className="mr-2" />
      {caveat} The desk asks for a proof that it is you, and takes no order before you arm the account.
    </p>
  );
}
