import { chains } from "../../audit/AuditLog.ts";
import type { SessionOrigin } from "../../auth/sessions.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import type { UserView } from "../../wire/auth.ts";
import { holdStanding, type Standing } from "./Standing.ts";
import { userView } from "./views.ts";

/** A person who is signed in, and the cookie that makes it so. */
export interface StartedSession {
  readonly view: UserView;
  readonly cookie: string;
}

/**
 * Opens a session for who has proven who they are, as long as what they were judged by still holds.
 * @param factor what was shown beside the password, or in its place
 * @throws DeskError BAD_CREDENTIALS where the person was changed or removed meanwhile
 */
export async function startSession(
  desk: Desk,
  judged: Standing,
  { address, userAgent }: SessionOrigin,
  factor: "none" | "app" | "recovery" | "passkey",
): Promise<StartedSession> {
  desk.rateLimiter.giveBack("signIn", address);
  const session = await desk.db.transaction(async (tx) => {
    const user = await holdStanding(tx, judged);
    const { id, username } = judged.user;
    const started = user === null ? null : await desk.sessions.start(tx, id, { address, userAgent });
    await desk.audit.append(tx, {
      chain: chains.user(id),
      userId: id,
      action: started === null ? "session.refused" : "session.started",
      subject: started?.sessionId ?? id,
      mode: null,
      message: started === null ? `${username} was changed while signing in` : `${username} signed in`,
      details: { address, userAgent, factor },
    });
    return user === null || started === null ? null : { view: userView(user), cookie: started.cookie };
  });
  if (session === null)
    throw new DeskError("BAD_CREDENTIALS", "What signs you in was changed at this very moment; sign in again.");
  return session;
}
