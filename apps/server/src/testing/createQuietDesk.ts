import { randomBytes } from "node:crypto";
import { SyntheticFeed, SystemRandom } from "@trenddojo/brokers";
import type { Clock } from "@trenddojo/brokers/domain";
import { createTestStore } from "@trenddojo/db/testing";
import type { Actor } from "../auth/Actor.ts";
import { createLogger } from "../createLogger.ts";
import { createDesk, type DeskParts } from "../createServer.ts";
import type { Desk } from "../Desk.ts";
import { CloseStack } from "../lib/CloseStack.ts";
import { holdTransactions } from "./holdTransactions.ts";

/** A desk that does nothing by itself and listens nowhere: its use cases are called, and can be held before they store. */
export interface QuietDesk extends AsyncDisposable {
  readonly desk: Desk;
  /** The same desk; `holdNext` is about the use cases that are given this one. */
  readonly held: Desk;
  readonly holdNext: (meanwhile: () => Promise<unknown>) => void;
  /** Who a Set-Cookie header signs in. */
  actorOf(cookie: string): Promise<Actor>;
}

export async function createQuietDesk(
  clock: Clock,
  options: Partial<Pick<DeskParts, "buckets" | "publicOrigins">> = {},
): Promise<QuietDesk> {
  const stack = new CloseStack();
  const store = stack.use(await createTestStore());
  const feed = stack.use(new SyntheticFeed({ clock, seed: 7 }));
  await feed.start();
  const desk = await createDesk({
    publicOrigins: undefined,
    allowLive: false,
    paperStartingCash: "100000",
    version: "0.0.0-test",
    store,
    feed,
    keyEncryptionKey: { version: 1, key: randomBytes(32) },
    clock,
    random: new SystemRandom(),
    log: createLogger("error"),
    ...options,
  });
  stack.use(desk.connections);
  stack.use(desk.kill);
  const { db, holdNext } = holdTransactions(desk.db);
  return {
    desk,
    held: { ...desk, db },
    holdNext,
    async actorOf(cookie) {
      const actor = await desk.sessions.authenticate(desk.sessions.readToken(cookie));
      if (actor === null) throw new Error("the cookie opens nothing");
      return actor;
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}
