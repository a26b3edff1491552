import type { UserView } from "@trenddojo/server/wire";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { SelectField } from "../../../ui/SelectField.tsx";
import { useChangePeople } from "../api/changePeople.ts";
import { useUsers } from "../api/listUsers.ts";
import { ROLE_NAMES, ROLE_OPTIONS } from "../model/roleNames.ts";

/** Who may sign in. Each person has accounts and connections of their own. */
export function PeoplePanel() {
  const users = useUsers();
  const { setRole, remove } = useChangePeople();
  const [leaving, setLeaving] = useState<UserView | null>(null);
  const error = setRole.error ?? remove.error;
  return (
    <>
      <ul>
        {users.map((user) => (
          <li
            key={user.id}
            className="flex min-h-(--row) flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 py-2 first:border-t-0"
          >
            <span className="font-medium">{user.username}</span>
            <span className="text-xs text-muted">
              since <InstantText at={user.createdAt} parts="date" />
            </span>
            {user.role === "owner" ? (
              <span className="ml-auto text-muted">{ROLE_NAMES.owner}</span>
            ) : (
              <div className="ml-auto flex flex-wrap items-end gap-2">
                <SelectField
                  label={`Role of ${user.username}`}
                  value={user.role}
                  options={ROLE_OPTIONS}
                  disabled={setRole.isPending}
                  onValue={(role) => setRole.mutate({ userId: user.id, role })}
                />
                <Button aria-label={`Remove ${user.username}`} onClick={() => setLeaving(user)}>
                  Remove
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {error === null ? null : <ErrorNotice failure={readFailure(error)} />}
      {leaving === null ? null : (
        <Dialog title={`Remove ${leaving.username}?`} onClose={() => setLeaving(null)}>
          <p className="mb-4">
            {leaving.username} is signed out everywhere and cannot come back. Their trading is halted and their open
            orders are canceled; positions stay at the brokers.
          </p>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setLeaving(null)}>Keep</Button>
            <Button
              tone="danger"
              disabled={remove.isPending}
              onClick={() => remove.mutate({ userId: leaving.id }, { onSettled: () => setLeaving(null) })}
            >
              Remove {leaving.username}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
