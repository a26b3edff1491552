import type { RiskPolicyView } from "@trenddojo/server/wire";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { fieldProblems } from "../../../lib/fieldProblems.ts";
import { Button } from "../../../ui/Button.tsx";
import { DecimalField } from "../../../ui/DecimalField.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { SelectField } from "../../../ui/SelectField.tsx";
import { useChangePolicy } from "../api/changePolicy.ts";
import { LIMIT_FIELDS } from "../model/limitsForm.ts";
import { limitValue } from "../model/limitText.ts";
import { raisedTo, raiseProblems } from "../model/raiseForm.ts";
import type { RaiseDraft } from "../model/raiseForm.ts";

interface RaiseDialogProps {
  readonly accountId: string;
  readonly policy: RiskPolicyView;
  readonly onClose: () => void;
}

const FIELDS = LIMIT_FIELDS.map(({ name, label }) => ({ value: name, label }));
const START: RaiseDraft = { field: "maxOrderValue", value: "", minutes: "30" };

/** Raises one limit for some minutes; the desk asks for a proof of the person where it has no recent one. It reverts by itself. */
export function RaiseDialog({ accountId, policy, onClose }: RaiseDialogProps) {
  const { raise } = useChangePolicy(accountId);
  const [draft, setDraft] = useState(START);
  const [tried, setTried] = useState(false);
  const problems = raiseProblems(draft, policy);
  const failure = raise.error === null ? null : readFailure(raise.error);
  const value = raisedTo(draft);
  const shown = (name: "value" | "minutes") => (tried && problems[name] !== undefined ? [problems[name]] : []);
  return (
    <Dialog title="Raise a limit for a time" onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (value === undefined || Object.keys(problems).length > 0) return;
          raise.mutate(
            { accountId, field: draft.field, raisedTo: value, minutes: Number(draft.minutes) },
            { onSuccess: onClose },
          );
        }}
      >
        <SelectField
          label="Limit"
          value={draft.field}
          options={FIELDS}
          onValue={(field) => setDraft({ ...draft, field, value: "" })}
          problems={fieldProblems(failure, "field")}
        />
        <DecimalField
          label="Raise to"
          help={`${limitValue(draft.field, policy.effective[draft.field])} holds now.`}
          step={LIMIT_FIELDS.find(({ name }) => name === draft.field)?.step ?? "1"}
          value={draft.value}
          onValue={(next) => setDraft({ ...draft, value: next })}
          problems={[...shown("value"), ...fieldProblems(failure, "raisedTo")]}
        />
        <DecimalField
          label="For how many minutes"
          help="5 to 1,440; then it reverts by itself."
          step="5"
          value={draft.minutes}
          onValue={(minutes) => setDraft({ ...draft, minutes })}
          problems={[...shown("minutes"), ...fieldProblems(failure, "minutes")]}
        />
        {failure === null ? null : <ErrorNotice failure={failure} hideIssues />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button type="submit" tone="primary" disabled={raise.isPending}>
            {raise.isPending ? "Raising…" : "Raise it"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
