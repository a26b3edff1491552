import { createTestClient, OWNER, type TestClient } from "@trenddojo/server/testing";
import { z } from "zod";
import { Child } from "../lib/Child.ts";
import { deskFacts, type DeskFacts } from "./DeskFacts.ts";
import type { DeskOptions } from "./deskOptions.ts";

/** A desk in a process of its own, and somebody who is signed in at it. */
export interface DeskProcess extends AsyncDisposable {
  readonly url: string;
  readonly client: TestClient;
  readonly isAlive: boolean;
  readonly errors: string;
  /** From its store. @throws ChildGone */
  facts(): Promise<DeskFacts>;
  kill(): Promise<void>;
  gone(): Promise<void>;
  /** Closes everything in good order, then ends. */
  stop(): Promise<void>;
}

/** Begins to start a desk. */
export function spawnDesk(options: DeskOptions): Child {
  return new Child(new URL("./deskMain.ts", import.meta.url), options);
}

/**
 * Starts a desk that was prepared, and signs its owner in anew: a session of the day's first run has idled out by the last.
 * @throws ChildGone with what it said, where it dies before it listens
 */
export async function startSignedIn(options: DeskOptions): Promise<DeskProcess> {
  const desk = await startDesk(options, "");
  try {
    await desk.client.api.auth.signIn.mutate(OWNER);
    return desk;
  } catch (error) {
    await desk.kill();
    throw error;
  }
}

/**
 * @param cookie of a session that this desk knows; empty for somebody who is not signed in
 * @throws ChildGone with what it said, where it dies before it listens
 */
export async function startDesk(options: DeskOptions, cookie: string): Promise<DeskProcess> {
  const child = spawnDesk(options);
  const url = z.string().parse(await child.ask({ what: "url" }));
  const client = createTestClient(url);
  if (cookie !== "") client.setCookie(cookie);
  const kill = async (): Promise<void> => {
    await child.kill();
    await client[Symbol.asyncDispose]();
  };
  return {
    url,
    client,
    get isAlive() {
      return child.isAlive;
    },
    get errors() {
      return child.errors;
    },
    facts: async () => deskFacts.parse(await child.ask({ what: "facts" })),
    kill,
    gone: () => child.gone(),
    stop: async () => {
      await child.ask({ what: "stop" });
      await kill();
    },
    [Symbol.asyncDispose]: kill,
  };
}
