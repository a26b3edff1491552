import type { Context } from "../context.ts";
import { DeskError } from "../DeskError.ts";
import { sleepQuietly } from "../lib/sleepQuietly.ts";
import type { Actor } from "./Actor.ts";

const RECHECK_MS = 30_000;
/** Streams of one socket; a screen has a handful. */
const MAX_SUBSCRIPTIONS = 200;

/**
 * A subscription that lasts as long as its session: it is looked up again every 30 s, and once it has ended, so does
 * the stream, with UNAUTHENTICATED. `start` gets the signal that ends either way.
 */
export async function* whileSignedIn<Item>(
  ctx: Context & { readonly actor: Actor },
  signal: AbortSignal | undefined,
  start: (open: AbortSignal) => AsyncGenerator<Item>,
): AsyncGenerator<Item> {
  const over = new AbortController();
  const open = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
  if (ctx.subscriptions.count >= MAX_SUBSCRIPTIONS) {
    throw new DeskError(
      "TOO_MANY_REQUESTS",
      `This socket has ${MAX_SUBSCRIPTIONS} streams open already; end some first.`,
    );
  }
  ctx.subscriptions.count += 1;
  ctx.desk.counters.subscriptions += 1;
  const watch = watchSession(ctx, over, open);
  try {
    yield* start(open);
  } finally {
    ctx.subscriptions.count -= 1;
    ctx.desk.counters.subscriptions -= 1;
    over.abort();
    await watch;
  }
  if (over.signal.reason instanceof DeskError) throw over.signal.reason;
}

async function watchSession(
  ctx: Context & { readonly actor: Actor },
  over: AbortController,
  open: AbortSignal,
): Promise<void> {
  while (await sleepQuietly(ctx.desk.clock, RECHECK_MS, open)) {
    try {
      if (await ctx.desk.sessions.isAlive(ctx.actor.sessionId)) continue;
      over.abort(new DeskError("UNAUTHENTICATED", "Your session has ended."));
    } catch (err) {
      // The store may be away for a moment; the next look decides.
      ctx.log.warn({ err }, "a session could not be looked up");
    }
  }
}
