import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useChangePassword } from "../api/changePassword.ts";

const EMPTY = { currentPassword: "", newPassword: "" };

export function PasswordForm({ username }: { readonly username: string }) {
  const change = useChangePassword();
  const [form, setForm] = useState(EMPTY);
  return (
    <form
      className="flex max-w-sm flex-col gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(form, { onSuccess: () => setForm(EMPTY) });
      }}
    >
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <TextField
        label="Current password"
        type="password"
        required
        value={form.currentPassword}
        onValue={(currentPassword) => setForm({ ...form, currentPassword })}
        autoComplete="current-password"
      />
      <TextField
        label="New password"
        type="password"
        required
        minLength={12}
        value={form.newPassword}
        onValue={(newPassword) => setForm({ ...form, newPassword })}
        help="At least 12 characters. Every other session is signed out."
        autoComplete="new-password"
      />
      {change.error === null ? null : <ErrorNotice failure={readFailure(change.error)} />}
      <div className="flex items-center gap-3">
        <Button type="submit" disabled={change.isPending}>
          Change password
        </Button>
        <output className="text-muted">{change.isSuccess ? "Changed." : ""}</output>
      </div>
    </form>
  );
}
