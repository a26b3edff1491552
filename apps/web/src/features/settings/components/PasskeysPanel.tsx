import { useState } from "react";
import { Button } from "../../../ui/Button.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { PasskeyNotice } from "../../../ui/PasskeyNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useChangePasskeys, usePasskeys } from "../api/passkeys.ts";
import { useFactors } from "../api/secondFactor.ts";
import { RecoveryCodes } from "./RecoveryCodes.tsx";

/** The person's passkeys: each signs in by itself, and proves that it is them. */
export function PasskeysPanel() {
  const passkeys = usePasskeys();
  const { recoveryCodes } = useFactors();
  const { add, remove } = useChangePasskeys();
  const [name, setName] = useState("");
  return (
    <div className="flex flex-col gap-3 p-4">
      <p>
        {passkeys.length === 0
          ? "A passkey signs you in with your finger, face or PIN. From the first one on your password alone does not."
          : `A passkey signs you in, and your password alone does not. ${recoveryCodes} of 10 recovery codes are left.`}
      </p>
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          remove.reset();
          add.mutate(name, { onSuccess: () => setName("") });
        }}
      >
        <TextField label="Name of the passkey" required maxLength={40} value={name} onValue={setName} />
        <Button type="submit" disabled={add.isPending}>
          {add.isPending ? "Waiting for your passkey…" : "Add a passkey"}
        </Button>
      </form>
      {add.data === undefined || add.data.recoveryCodes.length === 0 ? null : (
        <RecoveryCodes codes={add.data.recoveryCodes} />
      )}
      <ul>
        {passkeys.map((passkey) => (
          <li key={passkey.id} className="flex min-h-(--row) flex-wrap items-center gap-x-4 border-t border-line">
            <span className="font-medium">{passkey.name}</span>
            <span>{passkey.site}</span>
            <span className="text-xs text-muted">
              made <InstantText at={passkey.createdAt} /> ·{" "}
              {passkey.lastUsedAt === null ? (
                "never used"
              ) : (
                <>
                  last used <InstantText at={passkey.lastUsedAt} />
                </>
              )}
            </span>
            <Button
              className="ml-auto"
              disabled={remove.isPending}
              aria-label={`Remove the passkey ${passkey.name}`}
              onClick={() => {
                add.reset();
                remove.mutate({ id: passkey.id });
              }}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <PasskeyNotice error={add.error ?? remove.error} />
    </div>
  );
}
