import type { BrokerCard } from "@trenddojo/server/wire";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { MODE_MEANINGS, MODE_NAMES } from "../../../lib/modeText.ts";
import { Button } from "../../../ui/Button.tsx";
import { ChoiceGroup } from "../../../ui/ChoiceGroup.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useChangeConnection } from "../api/changeConnection.ts";
import { credentialsOf, missingFields, startingValues } from "../model/credentialForm.ts";
import { CredentialFields } from "./CredentialFields.tsx";

interface AddConnectionDialogProps {
  readonly card: BrokerCard;
  readonly onClose: () => void;
}

/** Asks for what a broker needs, as its card says; the desk proves it before it keeps it. */
export function AddConnectionDialog({ card, onClose }: AddConnectionDialogProps) {
  const { add } = useChangeConnection();
  const [mode, setMode] = useState(card.modes[0] ?? "paper");
  const [label, setLabel] = useState(card.name);
  const [values, setValues] = useState(() => startingValues(card.credentialFields));
  const [tried, setTried] = useState(false);
  const missing = missingFields(card.credentialFields, values);
  const failure = add.error === null ? null : readFailure(add.error);

  const submit = () => {
    setTried(true);
    if (missing.size > 0 || label.trim() === "") return;
    add.mutate(
      { broker: card.key, mode, label: label.trim(), credentials: credentialsOf(card.credentialFields, values) },
      { onSuccess: onClose },
    );
  };

  return (
    <Dialog title={`Connect ${card.name}`} onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className="text-muted">{card.summary}</p>
        <ChoiceGroup
          legend="Mode"
          value={mode}
          choices={card.modes.map((value) => ({ value, label: MODE_NAMES[value] }))}
          onValue={setMode}
        />
        <p className="-mt-2 text-xs text-muted">{MODE_MEANINGS[mode]}</p>
        <TextField
          label="Name on this desk"
          value={label}
          onValue={setLabel}
          maxLength={40}
          problems={tried && label.trim() === "" ? ["Enter a name."] : []}
        />
        <CredentialFields
          fields={card.credentialFields}
          values={values}
          missing={tried ? missing : new Set()}
          failure={failure}
          onValue={(name, value) => setValues({ ...values, [name]: value })}
        />
        {failure === null ? null : <ErrorNotice failure={failure} />}
        <Button type="submit" tone="primary" size="large" disabled={add.isPending}>
          {add.isPending ? "Testing the connection…" : "Test and save"}
        </Button>
      </form>
    </Dialog>
  );
}
