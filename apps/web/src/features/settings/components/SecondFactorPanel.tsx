import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useChangeFactors, useFactors } from "../api/secondFactor.ts";
import { QrCode } from "./QrCode.tsx";
import { RecoveryCodes } from "./RecoveryCodes.tsx";

/** The authenticator app: enrolled by its QR code or its key, and asked for at sign-in from then on. */
export function SecondFactorPanel() {
  const { app, passkeys, recoveryCodes } = useFactors();
  const { begin, confirm, remove } = useChangeFactors();
  const [code, setCode] = useState("");
  const error = begin.error ?? confirm.error ?? remove.error;
  return (
    <div className="flex flex-col gap-4 p-4">
      {confirm.data === undefined ? null : <RecoveryCodes codes={confirm.data.recoveryCodes} />}
      {app ? (
        <div className="flex flex-wrap items-center gap-3">
          <p>
            An app is enrolled: its code is asked for when you sign in. {recoveryCodes} of 10 recovery codes are left.
          </p>
          <Button
            disabled={remove.isPending}
            onClick={() => {
              confirm.reset();
              begin.reset();
              remove.mutate();
            }}
          >
            Remove the app
          </Button>
        </div>
      ) : begin.data === undefined ? (
        <div className="flex flex-wrap items-center gap-3">
          <p>
            {passkeys > 0
              ? "No app is enrolled; beside your password a passkey or a recovery code is asked for."
              : "No app is enrolled: whoever has your password can sign in."}
          </p>
          <Button disabled={begin.isPending} onClick={() => begin.mutate()}>
            Enrol an authenticator app
          </Button>
        </div>
      ) : (
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate({ code }, { onSuccess: () => setCode("") });
          }}
        >
          <p>Scan this with the app, or type the key into it; then enter the code that it shows.</p>
          <QrCode text={begin.data.address} label="QR code of the key" />
          <p>
            Key: <code className="num break-all">{begin.data.secret.match(/.{1,4}/g)?.join(" ")}</code>
          </p>
          <TextField
            label="Code that the app shows"
            required
            inputMode="numeric"
            value={code}
            onValue={setCode}
            autoComplete="one-time-code"
            className="max-w-sm"
          />
          <Button type="submit" className="self-start" disabled={confirm.isPending}>
            Confirm the app
          </Button>
        </form>
      )}
      {error === null ? null : <ErrorNotice failure={readFailure(error)} hideIssues />}
    </div>
  );
}
