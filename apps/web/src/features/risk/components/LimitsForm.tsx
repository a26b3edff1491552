import type { AccountView, RiskPolicyView } from "@trenddojo/server/wire";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { fieldProblems } from "../../../lib/fieldProblems.ts";
import { useReadOnlyReason } from "../../../lib/readOnly.ts";
import { Button } from "../../../ui/Button.tsx";
import { DecimalField } from "../../../ui/DecimalField.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { ReadOnlyNote } from "../../../ui/ReadOnlyNote.tsx";
import { useChangePolicy } from "../api/changePolicy.ts";
import { useRiskPolicy } from "../api/getRisk.ts";
import { limitNote } from "../model/limitText.ts";
import { LIMIT_FIELDS, limitHelp, limitProblems, toForm, toLimits } from "../model/limitsForm.ts";

/** An account's limits; the desk holds every order against them before it goes out. */
export function LimitsForm({ account }: { readonly account: AccountView }) {
  const policy = useRiskPolicy(account.id);
  return <EditLimits key={account.id} account={account} policy={policy} />;
}

function EditLimits({ account, policy }: { account: AccountView; policy: RiskPolicyView }) {
  const { setLimits: save } = useChangePolicy(account.id);
  const readOnly = useReadOnlyReason();
  const [form, setForm] = useState(() => toForm(policy.base));
  const problems = limitProblems(form);
  const next = toLimits(form);
  const changed = JSON.stringify(form) !== JSON.stringify(toForm(policy.base));
  const failure = save.error === null ? null : readFailure(save.error);
  return (
    <form
      noValidate
      className="flex flex-col gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (next !== undefined) save.mutate({ accountId: account.id, limits: next });
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {LIMIT_FIELDS.map((field) => {
          const { name, label, step } = field;
          const problem = problems[name];
          return (
            <DecimalField
              key={name}
              label={label}
              help={`${limitHelp(field, form[name])} ${limitNote(name, policy)}`}
              step={step}
              disabled={readOnly !== undefined}
              value={form[name]}
              onValue={(value) => setForm({ ...form, [name]: value })}
              problems={[...(problem === undefined ? [] : [problem]), ...fieldProblems(failure, name)]}
            />
          );
        })}
      </div>
      {failure === null ? null : <ErrorNotice failure={failure} hideIssues />}
      <ReadOnlyNote />
      <div className="flex items-center gap-3">
        <Button
          type="submit"
          tone="primary"
          disabled={readOnly !== undefined || !changed || next === undefined || save.isPending}
        >
          Save limits
        </Button>
        <output className="text-muted">
          {save.isPending ? "Saving…" : save.isSuccess && !changed ? "Saved; they hold for the next order." : ""}
        </output>
      </div>
    </form>
  );
}
