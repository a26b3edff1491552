import { fieldsOfMode } from "@trenddojo/brokers/domain";
import type { ConnectionView } from "@trenddojo/server/wire";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { useChangeConnection } from "../api/changeConnection.ts";
import { useBrokerCatalog } from "../api/getCatalog.ts";
import { credentialsOf, missingFields, startingValues } from "../model/credentialForm.ts";
import { ConnectionChecks } from "./ConnectionChecks.tsx";
import { CredentialFields } from "./CredentialFields.tsx";

interface ReplaceKeysDialogProps {
  readonly connection: ConnectionView;
  readonly onClose: () => void;
}

/** New keys for a connection; the desk proves that they open the same account before it forgets the old ones. */
export function ReplaceKeysDialog({ connection, onClose }: ReplaceKeysDialogProps) {
  const { broker, brokerName, mode, label } = connection;
  const card = useBrokerCatalog().find(({ key }) => key === broker);
  const fields = fieldsOfMode(card?.credentialFields ?? [], mode);
  const { replaceKeys } = useChangeConnection();
  const [values, setValues] = useState(() => startingValues(fields));
  const [tried, setTried] = useState(false);
  const missing = missingFields(fields, values);
  const failure = replaceKeys.error === null ? null : readFailure(replaceKeys.error);

  if (replaceKeys.isSuccess) {
    return (
      <Dialog key="proven" title={`${label} has new keys`} onClose={onClose}>
        <p className="mb-3">
          They open the same account as before. The old ones are used no longer: revoke them there.
        </p>
        {replaceKeys.data.checks.length === 0 ? null : <ConnectionChecks checks={replaceKeys.data.checks} />}
        <Button tone="primary" size="large" className="mt-4 w-full" data-first-focus onClick={onClose}>
          Done
        </Button>
      </Dialog>
    );
  }
  return (
    <Dialog title={`Replace the keys of ${label}`} onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (missing.size > 0) return;
          replaceKeys.mutate({ connectionId: connection.id, credentials: credentialsOf(fields, values) });
        }}
      >
        <p className="text-muted">
          {brokerName} is asked first: unless the new keys open the same account, nothing is changed. No new order goes
          for the moment in which the connection changes over.
        </p>
        <CredentialFields
          fields={fields}
          values={values}
          missing={tried ? missing : new Set()}
          failure={failure}
          onValue={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
        />
        {failure === null ? null : <ErrorNotice failure={failure} />}
        <Button type="submit" tone="primary" size="large" disabled={replaceKeys.isPending}>
          {replaceKeys.isPending ? "Testing the keys…" : "Test and replace"}
        </Button>
      </form>
    </Dialog>
  );
}
