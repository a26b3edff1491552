import type { WebhookView } from "@trenddojo/server/wire";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { fieldProblems } from "../../../lib/fieldProblems.ts";
import { useReadOnlyReason } from "../../../lib/readOnly.ts";
import { AgeText } from "../../../ui/AgeText.tsx";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { ReadOnlyNote } from "../../../ui/ReadOnlyNote.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useChangeWebhook, useWebhook } from "../api/webhook.ts";

const EMPTY = { url: "", signingKey: "" };

/** Where alerts are sent besides this page. The address may hold a key, so only its host is ever shown. */
export function WebhookPanel() {
  const webhook = useWebhook();
  const readOnly = useReadOnlyReason();
  const { set, remove } = useChangeWebhook();
  const [form, setForm] = useState(EMPTY);
  const failure = set.error === null ? null : readFailure(set.error);
  const isLocked = readOnly !== undefined || set.isPending || remove.isPending;
  return (
    <div className="flex flex-col gap-4 p-4">
      {webhook === null ? (
        <p className="text-muted">Alerts are shown in this page only.</p>
      ) : (
        <div className="flex flex-wrap items-start justify-between gap-3">
          <Delivery webhook={webhook} />
          <Button tone="danger" disabled={isLocked} onClick={() => remove.mutate()}>
            Remove the webhook
          </Button>
        </div>
      )}
      {remove.error === null ? null : <ErrorNotice failure={readFailure(remove.error)} />}
      <form
        className="flex max-w-xl flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const { url, signingKey } = form;
          set.mutate(
            { url: url.trim(), ...(signingKey === "" ? {} : { signingKey }) },
            { onSuccess: () => setForm(EMPTY) },
          );
        }}
      >
        <TextField
          label={webhook === null ? "Webhook address" : "Another webhook address"}
          type="url"
          required
          placeholder="https://"
          value={form.url}
          onValue={(url) => setForm({ ...form, url })}
          maxLength={2_000}
          autoComplete="off"
          spellCheck={false}
          disabled={readOnly !== undefined}
          help="https only; on this machine http as well. It is tested before it is kept, and only its host is shown again."
          problems={fieldProblems(failure, "url")}
        />
        <TextField
          label="Signing key (optional)"
          type="password"
          value={form.signingKey}
          onValue={(signingKey) => setForm({ ...form, signingKey })}
          minLength={16}
          maxLength={256}
          autoComplete="off"
          disabled={readOnly !== undefined}
          help="At least 16 characters. Each delivery is signed with it, so that the receiver knows whose it is."
          problems={fieldProblems(failure, "signingKey")}
        />
        {failure === null ? null : <ErrorNotice failure={failure} hideIssues />}
        <ReadOnlyNote />
        <div className="flex items-center gap-3">
          <Button type="submit" disabled={isLocked || form.url.trim() === ""}>
            {set.isPending ? "Sending a test…" : "Test and save"}
          </Button>
          <output className="text-muted">{set.isSuccess ? "The test was delivered; saved." : ""}</output>
        </div>
      </form>
    </div>
  );
}

function Delivery({ webhook }: { readonly webhook: WebhookView }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      <dt className="text-muted">Host</dt>
      <dd className="num break-all">{webhook.host}</dd>
      <dt className="text-muted">Set</dt>
      <dd>
        <InstantText at={webhook.updatedAt} />
      </dd>
      <dt className="text-muted">Last delivered</dt>
      <dd>{webhook.lastDeliveredAt === null ? "never" : <AgeText since={webhook.lastDeliveredAt} />}</dd>
      <dt className="text-muted">Last result</dt>
      <dd>
        {webhook.lastError === null ? (
          <span className="inline-flex items-center gap-1.5 text-good">
            <CircleCheck aria-hidden size={14} /> taken
          </span>
        ) : (
          <span className="inline-flex items-center gap-1.5 text-warn">
            <TriangleAlert aria-hidden size={14} /> {webhook.lastError}
          </span>
        )}
      </dd>
    </dl>
  );
}
