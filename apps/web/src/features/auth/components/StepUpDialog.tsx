import type { FactorsView } from "@trenddojo/server/wire";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { fieldProblems } from "../../../lib/fieldProblems.ts";
import { focusOnMount } from "../../../lib/focusOnMount.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { PasskeyNotice } from "../../../ui/PasskeyNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useOwnFactors, useStepUp, useStepUpByPasskey } from "../api/stepUp.ts";

interface StepUpDialogProps {
  readonly onDone: (proven: boolean) => void;
}

/** Asked by whatever wants more than the open browser; it holds for five minutes. */
export function StepUpDialog({ onDone }: StepUpDialogProps) {
  const factors = useOwnFactors();
  return (
    <Dialog title="Confirm it is you" onClose={() => onDone(false)}>
      {factors === undefined ? (
        <output className="text-muted">One moment…</output>
      ) : (
        <div className="flex flex-col gap-4">
          <p className="text-muted">
            What you are about to do wants more than an open browser. This holds for 5 minutes.
          </p>
          {factors.passkeys > 0 ? <PasskeyProof onDone={onDone} /> : null}
          <TypedProof factors={factors} onDone={onDone} />
        </div>
      )}
    </Dialog>
  );
}

function PasskeyProof({ onDone }: StepUpDialogProps) {
  const stepUp = useStepUpByPasskey();
  return (
    <>
      <Button
        tone="primary"
        size="large"
        ref={focusOnMount}
        data-first-focus
        disabled={stepUp.isPending}
        onClick={() => stepUp.mutate(undefined, { onSuccess: () => onDone(true) })}
      >
        <KeyRound aria-hidden size={16} />
        {stepUp.isPending ? "Waiting for your passkey…" : "Use your passkey"}
      </Button>
      <PasskeyNotice error={stepUp.error} />
    </>
  );
}

/** A code of who has a second factor, otherwise the password. */
function TypedProof({ factors: { app, passkeys }, onDone }: StepUpDialogProps & { readonly factors: FactorsView }) {
  const stepUp = useStepUp();
  const [typed, setTyped] = useState("");
  const failure = stepUp.error === null ? null : readFailure(stepUp.error);
  const wantsCode = app || passkeys > 0;
  const label = app ? "Code of your app, or a recovery code" : "Recovery code";
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        stepUp.mutate(wantsCode ? { code: typed } : { password: typed }, { onSuccess: () => onDone(true) });
      }}
    >
      <TextField
        key={wantsCode ? "code" : "password"}
        label={wantsCode ? label : "Your password, to confirm"}
        type={wantsCode ? "text" : "password"}
        required
        value={typed}
        onValue={setTyped}
        autoComplete={wantsCode ? "one-time-code" : "current-password"}
        problems={fieldProblems(failure, wantsCode ? "code" : "password")}
        ref={passkeys > 0 ? null : focusOnMount}
      />
      {failure === null ? null : <ErrorNotice failure={failure} hideIssues />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => onDone(false)}>Not now</Button>
        <Button type="submit" tone={passkeys > 0 ? "quiet" : "primary"} disabled={stepUp.isPending}>
          {stepUp.isPending ? "Confirming…" : "Confirm"}
        </Button>
      </div>
    </form>
  );
}
