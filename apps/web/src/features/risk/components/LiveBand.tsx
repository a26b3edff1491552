import type { LiveStateView } from "@trenddojo/server/wire";
import { lazy, Suspense, useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { accountSuffix } from "../../../lib/modeText.ts";
import { useReadOnlyReason } from "../../../lib/readOnly.ts";
import { formatRemaining } from "../../../lib/timeText.ts";
import { useWallNow } from "../../../lib/useNow.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { useChangeLive, useKeepLiveFresh, useLiveState } from "../api/liveTrading.ts";

const ArmLiveDialog = lazy(async () => ({ default: (await import("./ArmLiveDialog.tsx")).ArmLiveDialog }));

type LiveAccount = LiveStateView["accounts"][number];

/** Over every screen while real money is chosen, or armed anywhere: whether it takes orders, and for how long still. */
export function LiveBand({ chosenId }: { readonly chosenId: string }) {
  useKeepLiveFresh();
  const { accounts, obstacle } = useLiveState();
  const shown = accounts.filter(({ accountId, armed }) => armed !== null || accountId === chosenId);
  return shown.map((account) => <LiveLine key={account.accountId} account={account} obstacle={obstacle} />);
}

interface LiveLineProps {
  readonly account: LiveAccount;
  readonly obstacle: LiveStateView["obstacle"];
}

function LiveLine({ account, obstacle }: LiveLineProps) {
  const { accountId, label, venueAccountId, armed } = account;
  const { disarm } = useChangeLive();
  const readOnly = useReadOnlyReason();
  const [isArming, setIsArming] = useState(false);
  const name = `${label} ${accountSuffix(venueAccountId)}`;
  return (
    <section
      aria-label={`Live trading, ${name}`}
      className={`border-b-2 px-3 py-2 ${armed === null ? "border-line" : "border-bad bg-bad-wash"}`}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <ModeBadge mode="live" />
        <strong>{name}</strong>
        {armed === null ? (
          <span className="text-muted">Disarmed: no order goes. Cancels pass.</span>
        ) : (
          <ArmedText armed={armed} />
        )}
        <span className="ml-auto flex gap-2">
          {armed === null ? null : (
            <Button tone="danger" disabled={disarm.isPending} onClick={() => disarm.mutate({ accountId })}>
              Disarm {name}
            </Button>
          )}
          {armed?.isHere === true ? null : (
            <Button
              disabled={readOnly !== undefined || obstacle !== null}
              title={readOnly}
              onClick={() => setIsArming(true)}
            >
              Arm {name}
            </Button>
          )}
        </span>
      </div>
      {obstacle === null ? null : <p className="text-warn">{obstacle.message}</p>}
      {disarm.error === null ? null : <ErrorNotice failure={readFailure(disarm.error)} />}
      {isArming ? (
        <Suspense>
          <ArmLiveDialog account={account} onClose={() => setIsArming(false)} />
        </Suspense>
      ) : null}
    </section>
  );
}

function ArmedText({ armed }: { readonly armed: NonNullable<LiveAccount["armed"]> }) {
  const now = useWallNow();
  const leftMs = Date.parse(armed.endsAt) - now;
  const idleMs = Date.parse(armed.idleAt) - now;
  return (
    <span>
      <strong className="tracking-wide text-bad">ARMED</strong>
      {armed.isHere ? " here" : " in another browser"}, for {formatRemaining(leftMs)}; without an order for{" "}
      {formatRemaining(idleMs)}.
    </span>
  );
}
