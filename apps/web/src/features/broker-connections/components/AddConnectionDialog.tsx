import { fieldsOfMode, type Mode } from "@trenddojo/brokers/domain";
import type { BrokerCard } from "@trenddojo/server/wire";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { MODE_MEANINGS } from "../../../lib/modeText.ts";
import { Button } from "../../../ui/Button.tsx";
import { ChoiceGroup } from "../../../ui/ChoiceGroup.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useChangeConnection } from "../api/changeConnection.ts";
import { useProbePlaces } from "../api/probePlaces.ts";
import { credentialsOf, missingFields, startingValues } from "../model/credentialForm.ts";
import { modeChoices } from "../model/modeChoices.ts";
import { onlyAccount, type FoundAccount } from "../model/foundPlaces.ts";
import { ConnectionChecks } from "./ConnectionChecks.tsx";
import { CredentialFields } from "./CredentialFields.tsx";
import { FoundPlaces } from "./FoundPlaces.tsx";
import { LiveNotice } from "./LiveNotice.tsx";
import { SimulatorNotice } from "./SimulatorNotice.tsx";

interface AddConnectionDialogProps {
  readonly card: BrokerCard;
  readonly onClose: () => void;
}

/** Asks for what a broker needs, as its card says; the desk proves it before it keeps it. */
export function AddConnectionDialog({ card, onClose }: AddConnectionDialogProps) {
  const { add } = useChangeConnection();
  const probe = useProbePlaces();
  const [mode, setMode] = useState(card.modes[0] ?? "paper");
  const [label, setLabel] = useState(card.name);
  const fields = fieldsOfMode(card.credentialFields, mode);
  const [values, setValues] = useState(() => startingValues(fields));
  const [tried, setTried] = useState(false);
  const missing = missingFields(fields, values);
  const failure = add.error === null ? null : readFailure(add.error);

  // What was typed for one kind of money is not carried over to another.
  const changeMode = (next: Mode) => {
    setMode(next);
    setValues(startingValues(fieldsOfMode(card.credentialFields, next)));
    setTried(false);
    add.reset();
    probe.reset();
  };
  const fillIn = ({ credentials }: FoundAccount) => setValues((before) => ({ ...before, ...credentials }));
  const look = () =>
    probe.mutate(
      { broker: card.key, credentials: credentialsOf(fields, values) },
      {
        onSuccess: (places) => {
          const only = onlyAccount(places, mode);
          if (only !== undefined) fillIn(only);
        },
      },
    );
  const submit = () => {
    setTried(true);
    if (missing.size > 0 || label.trim() === "") return;
    add.mutate(
      { broker: card.key, mode, label: label.trim(), credentials: credentialsOf(fields, values) },
      { onSuccess: ({ checks }) => (checks.length === 0 ? onClose() : undefined) },
    );
  };

  if (add.isSuccess && add.data.checks.length > 0) {
    return (
      <Dialog key="proven" title={`${add.data.label} is connected`} onClose={onClose}>
        <ConnectionChecks checks={add.data.checks} />
        <Button tone="primary" size="large" className="mt-4 w-full" data-first-focus onClick={onClose}>
          Done
        </Button>
      </Dialog>
    );
  }

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
        <ChoiceGroup legend="Mode" value={mode} choices={modeChoices(card)} onValue={changeMode} />
        <p className="-mt-2 text-xs text-muted">{MODE_MEANINGS[mode]}</p>
        {card.live === null ? null : <LiveNotice live={card.live} isChosen={mode === "live"} />}
        {mode === "paper" && card.simulator !== undefined ? (
          <SimulatorNotice name={card.name} address={card.simulator} />
        ) : null}
        <TextField
          label="Name on this desk"
          value={label}
          onValue={setLabel}
          maxLength={40}
          problems={tried && label.trim() === "" ? ["Enter a name."] : []}
        />
        {card.canBeProbed && fields.length > 0 ? (
          <div className="flex flex-col gap-2">
            <Button onClick={look} disabled={probe.isPending}>
              {probe.isPending ? "Looking…" : `Look for ${card.name}`}
            </Button>
            {probe.isSuccess ? <FoundPlaces places={probe.data} mode={mode} values={values} onChoose={fillIn} /> : null}
            {probe.error === null ? null : <ErrorNotice failure={readFailure(probe.error)} />}
          </div>
        ) : null}
        <CredentialFields
          fields={fields}
          values={values}
          missing={tried ? missing : new Set()}
          failure={failure}
          onValue={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
        />
        {failure === null ? null : <ErrorNotice failure={failure} />}
        <Button type="submit" tone="primary" size="large" disabled={add.isPending}>
          {add.isPending ? "Testing the connection…" : "Test and save"}
        </Button>
      </form>
    </Dialog>
  );
}
