import { lazy, Suspense, useState } from "react";
import { type CallFailure, readFailure } from "../../../lib/deskError.ts";
import { focusOnMount } from "../../../lib/focusOnMount.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useSignIn } from "../api/signIn.ts";

// Most people type; who does not waits for it a moment.
const PasskeySignIn = lazy(async () => ({ default: (await import("./PasskeySignIn.tsx")).PasskeySignIn }));

interface SignInFormProps {
  /** Who was signed in before; the name is filled in. */
  readonly username?: string;
  readonly onSignedIn?: (userId: string) => void;
}

const wantsCode = (failure: CallFailure): boolean =>
  failure.kind === "refused" && failure.desk.code === "SECOND_FACTOR_REQUIRED";

/** Name and password, and the code of who has a second factor once the desk asks for it. */
export function SignInForm({ username = "", onSignedIn }: SignInFormProps) {
  const signIn = useSignIn();
  const [form, setForm] = useState({ username, password: "" });
  const [code, setCode] = useState("");
  const failure = signIn.error === null ? null : readFailure(signIn.error);
  const [isCodeWanted, setCodeWanted] = useState(false);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate(isCodeWanted ? { ...form, code } : form, {
          onSuccess: (user) => onSignedIn?.(user.id),
          onError: (error) => {
            if (wantsCode(readFailure(error))) setCodeWanted(true);
          },
        });
      }}
    >
      <TextField
        label="User name"
        required
        value={form.username}
        onValue={(name) => setForm({ ...form, username: name })}
        autoComplete="username"
        ref={username === "" ? focusOnMount : null}
        spellCheck={false}
        autoCapitalize="none"
      />
      <TextField
        label="Password"
        required
        type="password"
        value={form.password}
        onValue={(password) => setForm({ ...form, password })}
        autoComplete="current-password"
        ref={username === "" ? null : focusOnMount}
        data-first-focus={username !== ""}
      />
      {isCodeWanted ? (
        <TextField
          label="Code of your app, or a recovery code"
          required
          value={code}
          onValue={setCode}
          autoComplete="one-time-code"
          spellCheck={false}
          autoCapitalize="none"
          ref={focusOnMount}
        />
      ) : null}
      {failure === null || (isCodeWanted && wantsCode(failure)) ? null : <ErrorNotice failure={failure} hideIssues />}
      <Button type="submit" tone="primary" size="large" disabled={signIn.isPending}>
        {signIn.isPending ? "Signing in…" : "Sign in"}
      </Button>
      <Suspense fallback={<div className="min-h-10" />}>
        <PasskeySignIn onSignedIn={onSignedIn} />
      </Suspense>
    </form>
  );
}
