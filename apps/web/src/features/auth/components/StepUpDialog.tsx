import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { fieldProblems } from "../../../lib/fieldProblems.ts";
import { focusOnMount } from "../../../lib/focusOnMount.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useHasApp, useStepUp } from "../api/stepUp.ts";

/** Asked by whatever wants more than the open browser; it holds for five minutes. */
export function StepUpDialog({ onDone }: { readonly onDone: (proven: boolean) => void }) {
  const hasApp = useHasApp();
  const stepUp = useStepUp();
  const [typed, setTyped] = useState("");
  const failure = stepUp.error === null ? null : readFailure(stepUp.error);
  return (
    <Dialog title="Confirm it is you" onClose={() => onDone(false)}>
      {hasApp === undefined ? (
        <output className="text-muted">One moment…</output>
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            stepUp.mutate(hasApp ? { code: typed } : { password: typed }, { onSuccess: () => onDone(true) });
          }}
        >
          <p className="text-muted">
            What you are about to do wants more than an open browser. This holds for 5 minutes.
          </p>
          <TextField
            key={hasApp ? "code" : "password"}
            label={hasApp ? "Code of your app, or a recovery code" : "Your password, to confirm"}
            type={hasApp ? "text" : "password"}
            required
            value={typed}
            onValue={setTyped}
            autoComplete={hasApp ? "one-time-code" : "current-password"}
            problems={fieldProblems(failure, hasApp ? "code" : "password")}
            ref={focusOnMount}
          />
          {failure === null ? null : <ErrorNotice failure={failure} hideIssues />}
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => onDone(false)}>Not now</Button>
            <Button type="submit" tone="primary" disabled={stepUp.isPending}>
              {stepUp.isPending ? "Confirming…" : "Confirm"}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
