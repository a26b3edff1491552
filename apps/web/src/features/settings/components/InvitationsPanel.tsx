import type { InvitedRole } from "@trenddojo/server/wire";
import { useState } from "react";
import { readFailure } from "../../../lib/deskError.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { SelectField } from "../../../ui/SelectField.tsx";
import { TextField } from "../../../ui/TextField.tsx";
import { useChangeInvitations, useInvitations } from "../api/invitations.ts";
import { ROLE_NAMES, ROLE_OPTIONS } from "../model/roleNames.ts";

/** One-time links that let a person in; who gets one chooses the name and the password. */
export function InvitationsPanel() {
  const invitations = useInvitations();
  const { invite, revoke } = useChangeInvitations();
  const [role, setRole] = useState<InvitedRole>("trader");
  const error = invite.error ?? revoke.error;
  return (
    <div className="flex flex-col gap-3 p-4">
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate({ role });
        }}
      >
        <SelectField label="Role" value={role} options={ROLE_OPTIONS} onValue={setRole} />
        <Button type="submit" disabled={invite.isPending}>
          Make an invitation
        </Button>
      </form>
      {invite.data === undefined ? null : (
        <TextField
          label="Link for one person"
          help="It works once, within 48 hours, and is shown this once."
          readOnly
          value={`${window.location.origin}/join#${invite.data.token}`}
          onValue={() => undefined}
          onFocus={(event) => event.target.select()}
        />
      )}
      <ul>
        {invitations.map((invitation) => (
          <li key={invitation.id} className="flex min-h-(--row) flex-wrap items-center gap-x-4 border-t border-line">
            <span>{ROLE_NAMES[invitation.role]}</span>
            <span className="text-xs text-muted">
              until <InstantText at={invitation.expiresAt} />
            </span>
            <Button
              className="ml-auto"
              disabled={revoke.isPending}
              aria-label={`Take back the invitation of a ${invitation.role}`}
              onClick={() => revoke.mutate({ id: invitation.id })}
            >
              Take back
            </Button>
          </li>
        ))}
      </ul>
      {error === null ? null : <ErrorNotice failure={readFailure(error)} />}
    </div>
  );
}
