import type { Role } from "@trenddojo/server/wire";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { SelectField } from "../../../ui/SelectField.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useCreateUser } from "../api/createUser.ts";
import { useUsers } from "../api/listUsers.ts";

const ROLE_NAMES = {
  owner: "Owner",
  trader: "Trader",
  viewer: "Viewer (sees, cannot trade)",
} as const satisfies Record<Role, string>;
const NEW_ROLES = [
  { value: "trader", label: ROLE_NAMES.trader },
  { value: "viewer", label: ROLE_NAMES.viewer },
] as const;
const EMPTY: { username: string; password: string; role: "trader" | "viewer" } = {
  username: "",
  password: "",
  role: "trader",
};

/** Who may sign in. Each person has accounts and connections of their own. */
export function PeoplePanel() {
  const users = useUsers();
  const create = useCreateUser();
  const [form, setForm] = useState(EMPTY);
  return (
    <>
      <ul>
        {users.map((user) => (
          <li
            key={user.id}
            className="flex min-h-(--row) flex-wrap items-center gap-x-4 border-t border-line px-4 first:border-t-0"
          >
            <span className="font-medium">{user.username}</span>
            <span className="text-muted">{ROLE_NAMES[user.role]}</span>
            <span className="ml-auto text-xs text-muted">
              since <InstantText at={user.createdAt} parts="date" />
            </span>
          </li>
        ))}
      </ul>
      <form
        className="grid items-end gap-3 border-t border-line p-4 sm:grid-cols-3"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(form, { onSuccess: () => setForm(EMPTY) });
        }}
      >
        <TextField
          label="User name"
          required
          value={form.username}
          onValue={(username) => setForm({ ...form, username })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextField
          label="First password"
          required
          type="password"
          minLength={12}
          value={form.password}
          onValue={(password) => setForm({ ...form, password })}
          autoComplete="new-password"
        />
        <SelectField
          label="Role"
          value={form.role}
          options={NEW_ROLES}
          onValue={(role) => setForm({ ...form, role })}
        />
        <div className="flex flex-col gap-2 sm:col-span-3">
          {create.error === null ? null : <ErrorNotice failure={readFailure(create.error)} />}
          <Button type="submit" className="self-start" disabled={create.isPending}>
            Add person
          </Button>
        </div>
      </form>
    </>
  );
}
