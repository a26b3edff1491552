import type { RiskPolicyView } from "@trenddojo/server/wire";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { useReadOnlyReason } from "../../../lib/readOnly.ts";
import { formatRemaining } from "../../../lib/timeText.ts";
import { useWallNow } from "../../../lib/useNow.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { useChangePolicy } from "../api/changePolicy.ts";
import { useRiskPolicy } from "../api/getRisk.ts";
import { limitName, limitValue } from "../model/limitText.ts";
import { lastingRaises } from "../model/raiseForm.ts";
import { RaiseDialog } from "./RaiseDialog.tsx";

/** The limits that are raised for a time, each with what is left of it. They end by themselves, or here. */
export function RaisesPanel({ accountId }: { readonly accountId: string }) {
  const policy = useRiskPolicy(accountId);
  const readOnly = useReadOnlyReason();
  const { endRaise } = useChangePolicy(accountId);
  const [raising, setRaising] = useState(false);
  const now = useWallNow();
  const lasting = lastingRaises(policy, now);
  return (
    <div className="flex flex-col gap-3 p-4">
      {lasting.length === 0 ? <p className="text-muted">No limit is raised.</p> : null}
      <ul aria-label="Raised limits" className="flex flex-col gap-2 empty:hidden">
        {lasting.map((raise) => (
          <Raise
            key={raise.id}
            raise={raise}
            leftMs={Date.parse(raise.until) - now}
            disabled={readOnly !== undefined || endRaise.isPending}
            onEnd={() => endRaise.mutate({ raiseId: raise.id })}
          />
        ))}
      </ul>
      {endRaise.error === null ? null : <ErrorNotice failure={readFailure(endRaise.error)} />}
      <Button
        className="self-start"
        disabled={readOnly !== undefined}
        title={readOnly}
        onClick={() => setRaising(true)}
      >
        Raise a limit for a time…
      </Button>
      {raising ? <RaiseDialog accountId={accountId} policy={policy} onClose={() => setRaising(false)} /> : null}
    </div>
  );
}

interface RaiseProps {
  readonly raise: RiskPolicyView["raises"][number];
  readonly leftMs: number;
  readonly disabled: boolean;
  readonly onEnd: () => void;
}

function Raise({ raise, leftMs, disabled, onEnd }: RaiseProps) {
  const name = limitName(raise.field);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-warn bg-warn-wash px-3 py-2">
      <div className="min-w-0 grow">
        <p className="num font-medium">
          {name}: {limitValue(raise.field, raise.raisedTo)}{" "}
          <span className="font-normal text-muted">instead of {limitValue(raise.field, raise.before)}</span>
        </p>
        <p className="num text-xs">
          Ends in {formatRemaining(leftMs)}, at <InstantText at={raise.until} parts="time" />. Granted by{" "}
          {raise.grantedBy}.
        </p>
      </div>
      <Button disabled={disabled} aria-label={`End now: ${name}`} onClick={onEnd}>
        End now
      </Button>
    </li>
  );
}
