import type { ConnectionView } from "@trenddojo/server/wire";
import { useState } from "react";
import { useReadOnlyReason } from "../../../lib/readOnly.ts";
import { Button } from "../../../ui/Button.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { ReplaceKeysDialog } from "./ReplaceKeysDialog.tsx";

/** The keys of a connection: how each ends, when they were typed, what is wrong with them, and the way to new ones. */
export function StoredKeys({ connection }: { readonly connection: ConnectionView }) {
  const { credentialHints, credentialsSetAt, credentialsAreOld, credentialFault, label } = connection;
  const readOnly = useReadOnlyReason();
  const [replacing, setReplacing] = useState(false);
  if (credentialsSetAt === null && credentialFault === null) return null;
  return (
    <section aria-label={`Keys of ${label}`} className="flex flex-col gap-2">
      {Object.entries(credentialHints).map(([field, hint]) => (
        <p key={field} className="text-xs text-muted">
          {field}: <span className="num">…{hint}</span>
        </p>
      ))}
      {credentialFault === null ? null : (
        <p role="alert" className="rounded-md border border-warn bg-warn-wash px-3 py-2 text-warn">
          The keys cannot be opened: enter them again. <code className="text-2xs">VAULT {credentialFault}</code>
        </p>
      )}
      {credentialsAreOld ? (
        <p className="text-warn">
          The keys are 90 days old or more: make new ones at the broker and replace them here.
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        {credentialsSetAt === null ? null : (
          <span className="text-xs text-muted">
            Keys set on <InstantText at={credentialsSetAt} parts="date" />
          </span>
        )}
        <Button
          tone={credentialFault === null ? "quiet" : "primary"}
          disabled={readOnly !== undefined}
          title={readOnly}
          aria-label={`Replace keys… ${label}`}
          onClick={() => setReplacing(true)}
        >
          {credentialFault === null ? "Replace keys…" : "Enter the keys again…"}
        </Button>
      </div>
      {replacing ? <ReplaceKeysDialog connection={connection} onClose={() => setReplacing(false)} /> : null}
    </section>
  );
}
