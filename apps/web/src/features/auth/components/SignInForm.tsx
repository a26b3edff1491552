import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { focusOnMount } from "../../../lib/focusOnMount.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useSignIn } from "../api/signIn.ts";

interface SignInFormProps {
  /** Who was signed in before; the name is filled in. */
  readonly username?: string;
  readonly onSignedIn?: (userId: string) => void;
}

export function SignInForm({ username = "", onSignedIn }: SignInFormProps) {
  const signIn = useSignIn();
  const [form, setForm] = useState({ username, password: "" });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate(form, { onSuccess: (user) => onSignedIn?.(user.id) });
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
      {signIn.error === null ? null : <ErrorNotice failure={readFailure(signIn.error)} />}
      <Button type="submit" tone="primary" size="large" disabled={signIn.isPending}>
        {signIn.isPending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
