import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { focusOnMount } from "../../../lib/focusOnMount.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useSetUp } from "../api/setUp.ts";
import { MIN_PASSWORD_LENGTH, problemsOf, setUpProblems } from "../model/credentialProblems.ts";
import { AuthCard } from "./AuthCard.tsx";

/** The one form of a first run: the owner's account. */
export function SetUpScreen() {
  const setUp = useSetUp();
  const [form, setForm] = useState({ username: "", password: "", repeated: "" });
  const [tried, setTried] = useState(false);
  const failure = setUp.error === null ? null : readFailure(setUp.error);
  const problems = setUpProblems(form);
  const shown = (field: keyof typeof form) => [...(tried ? problems[field] : []), ...problemsOf(failure, field)];

  const submit = () => {
    setTried(true);
    if (Object.values(problems).every((list) => list.length === 0)) {
      setUp.mutate({ username: form.username.trim(), password: form.password });
    }
  };

  return (
    <AuthCard
      title="Create the owner's account"
      lead="This desk is new. Its first account owns it and comes with a paper account to trade."
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
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
        <Button type="submit" tone="primary" size="large" disabled={setUp.isPending}>
          {setUp.isPending ? "Creating…" : "Create account"}
        </Button>
      </form>
    </AuthCard>
  );
}
