import type { UserRow } from "@trenddojo/db";
import { chains } from "../../audit/AuditLog.ts";
import type { SessionOrigin } from "../../auth/sessions.ts";
import type { Desk } from "../../Desk.ts";
import type { UserView } from "../../wire/auth.ts";
import { userView } from "./views.ts";

/** A person who is signed in, and the cookie that makes it so. */
export interface StartedSession {
  readonly view: UserView;
  readonly cookie: string;
}

/** Opens a session for who has proven who they are. @param factor what was shown beside the password, or in its place */
export async function startSession(
  desk: Desk,
  user: UserRow,
  { address, userAgent }: SessionOrigin,
  factor: "none" | "app" | "recovery" | "passkey",
): Promise<StartedSession> {
  desk.rateLimiter.giveBack("signIn", address);
  const cookie = await desk.db.transaction(async (tx) => {
    const started = await desk.sessions.start(tx, user.id, { address, userAgent });
    await desk.audit.append(tx, {
      chain: chains.user(user.id),
      userId: user.id,
      action: "session.started",
      subject: started.sessionId,
      mode: null,
      message: `${user.username} signed in`,
      details: { address, userAgent, factor },
    });
    return started.cookie;
  });
  return { view: userView(user), cookie };
}
