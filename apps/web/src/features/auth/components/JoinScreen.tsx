import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { focusOnMount } from "../../../lib/focusOnMount.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useAcceptInvitation } from "../api/acceptInvitation.ts";
import { MIN_PASSWORD_LENGTH, problemsOf, setUpProblems } from "../model/credentialProblems.ts";
import { AuthCard } from "./AuthCard.tsx";

interface JoinScreenProps {
  /** The invitation's secret: what follows the link's "#", which no server and no log sees. */
  readonly token: string;
}

/** Where an invitation's link leads: the person chooses a name and a password. */
export function JoinScreen({ token }: JoinScreenProps) {
  const accept = useAcceptInvitation();
  const [form, setForm] = useState({ username: "", password: "", repeated: "" });
  const [tried, setTried] = useState(false);
  const failure = accept.error === null ? null : readFailure(accept.error);
  const problems = setUpProblems(form);
  const shown = (field: keyof typeof form) => [...(tried ? problems[field] : []), ...problemsOf(failure, field)];
  return (
    <AuthCard
      title="Join this desk"
      lead="You were invited. Choose the name and the password that you will sign in with."
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (Object.values(problems).some((list) => list.length > 0)) return;
          const person = { token, username: form.username.trim(), password: form.password };
          accept.mutate(person, { onSuccess: () => window.location.replace("/") });
        }}
      >
        <TextField
          label="User name"
          value={form.username}
          onValue={(username) => setForm({ ...form, username })}
          problems={shown("username")}
          autoComplete="username"
          ref={focusOnMount}
          spellCheck={false}
          autoCapitalize="none"
        />
        <TextField
          label="Password"
          type="password"
          value={form.password}
          onValue={(password) => setForm({ ...form, password })}
          problems={shown("password")}
          help={`At least ${MIN_PASSWORD_LENGTH} characters; a few unrelated words do well.`}
          autoComplete="new-password"
        />
        <TextField
          label="Repeat the password"
          type="password"
          value={form.repeated}
          onValue={(repeated) => setForm({ ...form, repeated })}
          problems={shown("repeated")}
          autoComplete="new-password"
        />
        {failure === null ? null : <ErrorNotice failure={failure} hideIssues />}
        <Button type="submit" tone="primary" size="large" disabled={accept.isPending}>
          {accept.isPending ? "Joining…" : "Join"}
        </Button>
      </form>
    </AuthCard>
  );
}
