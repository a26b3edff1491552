import type { LiveStateView } from "@trenddojo/server/wire";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { fieldProblems } from "../../../lib/fieldProblems.ts";
import { accountSuffix } from "../../../lib/modeText.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useRiskPolicy } from "../api/getRisk.ts";
import { useChangeLive } from "../api/liveTrading.ts";
import { LIMIT_FIELDS } from "../model/limitsForm.ts";
import { limitName, limitValue } from "../model/limitText.ts";

interface ArmLiveDialogProps {
  readonly account: LiveStateView["accounts"][number];
  readonly onClose: () => void;
}

/** Real money takes orders from here on: after a look at its limits, the end of its number, and a code of the second factor. */
export function ArmLiveDialog({ account, onClose }: ArmLiveDialogProps) {
  const { accountId, label, venueAccountId } = account;
  const { effective } = useRiskPolicy(accountId);
  // As the person sees them: others that hold by then are the desk's to refuse.
  const [limits] = useState(effective);
  const { arm } = useChangeLive();
  const [suffix, setSuffix] = useState("");
  const [isReviewed, setIsReviewed] = useState(false);
  const failure = arm.error === null ? null : readFailure(arm.error);
  return (
    <Dialog title={`Arm live trading: ${label}`} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          arm.mutate({ accountId, suffix, reviewedLimits: limits }, { onSuccess: onClose });
        }}
      >
        <p>
          Orders of this browser trade real money in {label} {accountSuffix(venueAccountId)} for 15 minutes, or until 5
          pass without an order, you sign out or disarm it.
        </p>
        <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
          {LIMIT_FIELDS.map(({ name }) => (
            <div key={name} className="contents">
              <dt className="text-muted">{limitName(name)}</dt>
              <dd className="num text-right">{limitValue(name, limits[name])}</dd>
            </div>
          ))}
        </dl>
        <label className="flex min-h-6 items-center gap-2">
          <input type="checkbox" checked={isReviewed} onChange={(event) => setIsReviewed(event.target.checked)} />
          These limits are right for real money
        </label>
        <TextField
          label="Last 4 characters of the account's number"
          required
          value={suffix}
          onValue={setSuffix}
          autoComplete="off"
          problems={fieldProblems(failure, "suffix")}
        />
        {failure === null ? null : <ErrorNotice failure={failure} hideIssues />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button data-first-focus onClick={onClose}>
            Stay disarmed
          </Button>
          <Button type="submit" tone="danger" disabled={arm.isPending || !isReviewed || suffix === ""}>
            {arm.isPending ? "Arming…" : `Arm ${label} · LIVE ${accountSuffix(venueAccountId)}`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
