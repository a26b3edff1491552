import type { Clock, UserId } from "@trenddojo/brokers/domain";
import { apiTokens, type ApiTokenRow, type Db } from "@trenddojo/db";
import type { Actor } from "./Actor.ts";
import { Holders } from "./Holders.ts";
import { digestOf, newSecretToken } from "./secretTokens.ts";

/** What scanners of leaked secrets know a token of this desk by. */
const PREFIX = "tdj_";
/** What a person tells one token from another by. */
const ENDING_LENGTH = 4;
const TOKEN = /^Bearer (tdj_[A-Za-z0-9_-]{43})$/i;
/** The last use is written down at most this often. */
const TOUCH_EVERY_MS = 30_000;

/** A program that calls with a person's token. */
export interface TokenCaller {
  readonly actor: Actor;
  readonly token: Pick<ApiTokenRow, "id" | "name" | "scope">;
}

/** People's tokens for programs: 256 random bits each, of which the database has the SHA-256, and the end to tell them apart. */
export class ApiTokens {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #holders = new Holders();

  constructor({ db, clock }: { readonly db: Db; readonly clock: Clock }) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Whose token this is, read anew for each call; null where it is unknown, revoked, past its end, or its person is gone. */
  async authenticate(bearer: string): Promise<TokenCaller | null> {
    if (bearer === "") return null;
    const digest = digestOf(bearer);
    const now = this.#clock.now();
    const found = await apiTokens.findWithUser(this.#db, digest, now);
    if (found === null) {
      this.#holders.forget(digest);
      return null;
    }
    const { id, name, scope, lastUsedAt } = found.token;
    if (lastUsedAt === null || now - lastUsedAt >= TOUCH_EVERY_MS) await apiTokens.touch(this.#db, id, now);
    const { user } = found;
    this.#holders.remember(digest, user.id);
    return {
      actor: {
        user: { id: user.id, username: user.username, role: user.role, createdAt: user.createdAt },
        // No session has such an id: what wants one (a step-up, an armed account) is not there for a token.
        sessionId: `token:${id}`,
      },
      token: { id, name, scope },
    };
  }

  /** Whose it was when it last opened anything; null where nobody knows. */
  lastHolder(bearer: string): UserId | null {
    return this.#holders.of(digestOf(bearer));
  }
}

/** A new token, to be shown once, and what is kept of it. */
export function newApiToken(): { readonly token: string; readonly tokenHash: string; readonly ending: string } {
  const token = `${PREFIX}${newSecretToken()}`;
  return { token, tokenHash: digestOf(token), ending: token.slice(-ENDING_LENGTH) };
}

/**
 * The token in an Authorization header; empty where it is no token of this desk, null where the header is of another kind
 * (a proxy's own Basic) or absent.
 */
export function readBearer(header: string | undefined): string | null {
  if (header === undefined || !/^bearer\b/i.test(header)) return null;
  return TOKEN.exec(header)?.[1] ?? "";
}
