import { readFailure } from "../../../lib/deskError.ts";
import { AgeText } from "../../../ui/AgeText.tsx";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { InstantText } from "../../../ui/InstantText.tsx";
import { useSessions } from "../api/listSessions.ts";
import { useRevokeSession } from "../api/revokeSession.ts";
import { useSignOutEverywhere } from "../api/signOutEverywhere.ts";
import { describeAgent } from "../model/describeAgent.ts";

/** Where the user is signed in; any other place can be signed out from here. */
export function SessionsList() {
  const sessions = useSessions();
  const revoke = useRevokeSession();
  const signOutEverywhere = useSignOutEverywhere();
  const error = revoke.error ?? signOutEverywhere.error;
  return (
    <>
      {error === null ? null : <ErrorNotice failure={readFailure(error)} />}
      <ul>
        {sessions.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 py-2.5 first:border-t-0"
          >
            <div className="min-w-0">
              <p className="font-medium">
                {describeAgent(session.userAgent)}
                {session.current ? " (this one)" : ""}
              </p>
              <p className="text-xs text-muted">
                <span className="num">{session.address}</span> · seen <AgeText since={session.lastSeenAt} /> · ends{" "}
                <InstantText at={session.expiresAt} />
              </p>
            </div>
            {session.current ? null : (
              <Button
                className="ml-auto"
                disabled={revoke.isPending}
                aria-label={`Sign out ${describeAgent(session.userAgent)} at ${session.address}`}
                onClick={() => revoke.mutate({ id: session.id })}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <div className="border-t border-line p-4">
          <Button disabled={signOutEverywhere.isPending} onClick={() => signOutEverywhere.mutate()}>
            Sign out everywhere else
          </Button>
        </div>
      ) : null}
    </>
  );
}
