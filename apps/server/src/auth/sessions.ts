import { createHash } from "node:crypto";
import type { Clock, UserId as DeskUserId } from "@trenddojo/brokers/domain";
import { sessions, type Db, type Executor, type SessionRow } from "@trenddojo/db";
import { Lucia, TimeSpan, type Adapter } from "lucia";
import type { Actor } from "./Actor.ts";
import { Holders } from "./Holders.ts";

/** Without a call for this long the session ends (ASVS 5.0 7.3.1). */
export const IDLE_MS = 30 * 60_000;
/** However busy, it ends after this (ASVS 5.0 7.3.2). */
export const ABSOLUTE_MS = 12 * 3_600_000;
/** The last call is written down at most this often. */
const TOUCH_EVERY_MS = 30_000;
/** Lucia judges by the machine's clock; the desk's is an argument. It is told "for ever" of what our clock holds valid. */
const FOR_EVER = new Date(8.64e15);

interface SessionAttributes {
  readonly sessionId: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly address: string;
  readonly userAgent: string;
}
type UserAttributes = Omit<Actor["user"], "id">;

declare module "lucia" {
  interface Register {
    Lucia: Lucia<SessionAttributes, UserAttributes>;
    UserId: DeskUserId;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: UserAttributes;
  }
}

/** Where a session was opened from. */
export interface SessionOrigin {
  readonly address: string;
  readonly userAgent: string;
}

/**
 * Signed-in browsers. The only file that knows lucia, which is no longer developed: the token lives in the cookie, its
 * SHA-256 in the database, so a copy of the database signs nobody in.
 */
export class Sessions {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #secure: boolean;
  readonly #holders = new Holders();

  /** @param options.secure the desk is reached over https: the cookie is then bound to it. */
  constructor(options: { readonly db: Db; readonly clock: Clock; readonly secure: boolean }) {
    this.#db = options.db;
    this.#clock = options.clock;
    this.#secure = options.secure;
  }

  /** Opens a session, within the transaction that tells of it. @returns the cookie to set, and the stored id. */
  async start(
    tx: Executor,
    user: DeskUserId,
    origin: SessionOrigin,
  ): Promise<{ readonly cookie: string; readonly sessionId: string }> {
    const lucia = this.#lucia(tx);
    const now = this.#clock.now();
    const attributes = { ...origin, sessionId: "", createdAt: now, lastSeenAt: now };
    const session = await lucia.createSession(user, attributes);
    return { cookie: lucia.createSessionCookie(session.id).serialize(), sessionId: digest(session.id) };
  }

  /** Who holds this token; null where it is unknown, has idled too long or is past its absolute end. Moves the idle end. */
  async authenticate(token: string | null): Promise<Actor | null> {
    if (token === null || token === "") return null;
    const { user, session } = await this.#lucia(this.#db).validateSession(token);
    if (session === null) {
      this.#holders.forget(digest(token));
      return null;
    }
    if (this.#clock.now() - session.lastSeenAt >= TOUCH_EVERY_MS) {
      await sessions.touch(this.#db, session.sessionId, this.#clock.now());
    }
    const { id, username, role, createdAt } = user;
    this.#holders.remember(session.sessionId, id);
    return { user: { id, username, role, createdAt }, sessionId: session.sessionId };
  }

  /**
   * Whose the token was when it last opened anything; null where nobody knows. It proves nothing: it is for what a call
   * may be refused by before the store is asked.
   */
  lastHolder(token: string | null): DeskUserId | null {
    return token === null ? null : this.#holders.of(digest(token));
  }

  /** Looks without moving the idle end: a screen that only listens does not keep its session alive. */
  async isAlive(sessionId: string): Promise<boolean> {
    const found = await sessions.findWithUser(this.#db, sessionId);
    return found !== null && found.user.removedAt === null && this.#isValid(found.session);
  }

  /** Which of these have ended, by whatever. Moves no idle end. */
  async ended(sessionIds: readonly string[]): Promise<readonly string[]> {
    const now = this.#clock.now();
    const alive = await sessions.listAlive(this.#db, sessionIds, { now, idleSince: now - IDLE_MS });
    return sessionIds.filter((id) => !alive.has(id));
  }

  /** Ends one session. */
  async end(tx: Executor, sessionId: string): Promise<void> {
    await this.#lucia(tx).invalidateSession(sessionId);
  }

  /** Those that have not ended, newest first. */
  async list(user: DeskUserId): Promise<readonly SessionRow[]> {
    const rows = await sessions.listByUser(this.#db, user);
    return rows.filter((row) => this.#isValid(row));
  }

  /** Deletes what has ended. */
  async sweep(): Promise<void> {
    await this.#lucia(this.#db).deleteExpiredSessions();
  }

  /** The token in a Cookie header; null without one. */
  readToken(cookieHeader: string | undefined): string | null {
    return this.#lucia(this.#db).readSessionCookie(cookieHeader ?? "");
  }

  /** The Set-Cookie header that makes the browser forget. */
  blankCookie(): string {
    return this.#lucia(this.#db).createBlankSessionCookie().serialize();
  }

  #isValid(row: { readonly lastSeenAt: number; readonly expiresAt: number }): boolean {
    const now = this.#clock.now();
    return now < row.expiresAt && now - row.lastSeenAt < IDLE_MS;
  }

  #lucia(db: Executor) {
    return new Lucia<SessionAttributes, UserAttributes>(this.#adapter(db), {
      sessionExpiresIn: new TimeSpan(ABSOLUTE_MS / 3_600_000, "h"),
      sessionCookie: {
        name: this.#secure ? "__Host-desk_session" : "desk_session",
        attributes: { sameSite: "strict", secure: this.#secure, path: "/" },
      },
      getSessionAttributes: (attributes) => attributes,
      getUserAttributes: (attributes) => attributes,
    });
  }

  #adapter(db: Executor): Adapter {
    return {
      getSessionAndUser: async (token) => {
        // Always hashed, whatever it looks like: what is stored must not open what it stands for.
        const found = await sessions.findWithUser(db, digest(token));
        // A sign-in may have been on its way when its person was removed.
        if (found === null || found.user.removedAt !== null || !this.#isValid(found.session)) return [null, null];
        const { session, user } = found;
        const attributes = { ...session, sessionId: session.id };
        return [
          { id: token, userId: user.id, expiresAt: FOR_EVER, attributes },
          { id: user.id, attributes: user },
        ];
      },
      getUserSessions: async (user) =>
        (await sessions.listByUser(db, user)).map((session) => ({
          id: session.id,
          userId: user,
          expiresAt: FOR_EVER,
          attributes: { ...session, sessionId: session.id },
        })),
      setSession: ({ id, userId, attributes }) => {
        const { createdAt, lastSeenAt, address, userAgent } = attributes;
        const row = { id: digest(id), userId, createdAt, lastSeenAt, address, userAgent };
        return sessions.insert(db, { ...row, expiresAt: createdAt + ABSOLUTE_MS });
      },
      // Only reached if lucia thought a session half over, which FOR_EVER rules out.
      updateSessionExpiration: () => Promise.resolve(),
      deleteSession: async (id) => void (await sessions.remove(db, storedId(id))),
      deleteUserSessions: async (user) => void (await sessions.removeByUser(db, user)),
      deleteExpiredSessions: async () => {
        const now = this.#clock.now();
        await sessions.removeExpired(db, { now, idleSince: now - IDLE_MS });
      },
    };
  }
}

function digest(token: string): string {
  return `sha256:${createHash("sha256").update(token).digest("hex")}`;
}

/** For deleting only, where lucia hands back a token and the desk names a session by its stored id. */
function storedId(tokenOrId: string): string {
  return tokenOrId.startsWith("sha256:") ? tokenOrId : digest(tokenOrId);
}
