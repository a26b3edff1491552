import { initTRPC, TRPCError } from "@trpc/server";
import type { Actor } from "./auth/Actor.ts";
import type { BucketName } from "./auth/buckets.ts";
import type { Context } from "./context.ts";
import { DeskError } from "./DeskError.ts";
import { formatError } from "./formatError.ts";

/** Declared with every procedure: a test walks the router. */
export interface Meta {
  /** The rate limit that the call draws from. */
  readonly bucket: BucketName;
}

const t = initTRPC.context<Context>().meta<Meta>().create({ isDev: false, errorFormatter: formatError });

export const router = t.router;

/** Streams run on sockets: those have a ticket, a cap, a way to slow down, and end with their session. */
const streamsOnSockets = t.middleware(({ ctx, type, next }) => {
  if (type === "subscription" && ctx.transport !== "socket") {
    throw new DeskError("NOT_SUPPORTED", "This is a stream: it is served on the WebSocket at /trpc, not over HTTP.");
  }
  return next();
});

const procedure = t.procedure.use(streamsOnSockets);

/** Who is not signed in draws from a bucket of their address. */
const limitedByAddress = t.middleware(({ ctx, meta, next }) => {
  if (meta === undefined) throw new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "a procedure has no bucket" });
  ctx.desk.rateLimiter.take(meta.bucket, ctx.address);
  return next();
});

/** Above this a socket's reader gets no more answers to read. */
const MAX_UNREAD_BYTES = 1024 * 1024;

/** Questions of who does not read the answers are refused; orders, cancels and the kill switch never are. */
const readsItsAnswers = t.middleware(({ ctx, type, next }) => {
  const unread = ctx.backlogBytes();
  if (type !== "mutation" && unread > MAX_UNREAD_BYTES)
    throw new DeskError("TOO_MANY_REQUESTS", `This socket has left ${unread} bytes unread; read them, then ask again.`);
  return next();
});

/** The session is read again for every call, over HTTP and on a socket alike: one that has been revoked ends at once. */
const signedIn = t.middleware(async ({ ctx, meta, next }) => {
  if (meta === undefined) throw new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "a procedure has no bucket" });
  // Who has no call left costs the store no look.
  const holder = ctx.desk.sessions.lastHolder(ctx.sessionToken);
  if (holder !== null) ctx.desk.rateLimiter.assertAny(meta.bucket, holder);
  const actor = await ctx.desk.sessions.authenticate(ctx.sessionToken);
  if (actor === null) throw new DeskError("UNAUTHENTICATED", "You are not signed in, or the session has ended.");
  ctx.desk.rateLimiter.take(meta.bucket, actor.user.id);
  return next({ ctx: { actor } });
});

/** Anyone; limited by network address. */
export const publicProcedure = procedure.use(limitedByAddress);

/** Any person who is signed in; limited by user. */
export const signedInProcedure = procedure.use(readsItsAnswers).use(signedIn);

/** Whoever may stop what was begun: all but viewers. It cancels and halts, and nothing else. */
export const cancelProcedure = signedInProcedure.use(({ ctx, next }) => {
  if (ctx.actor.user.role === "viewer") throw mayNotTrade(ctx.actor);
  return next();
});

/** Owners and traders: whatever can move money or change what does. */
export const traderProcedure = cancelProcedure.use(({ ctx, next }) => {
  if (ctx.actor.user.role === "cancel_only") throw mayNotTrade(ctx.actor);
  return next();
});

function mayNotTrade({ user: { role, username } }: Actor): DeskError {
  const may = role === "cancel_only" ? "A cancel-only person may look, cancel and halt" : "A viewer may look";
  return new DeskError("FORBIDDEN", `${may} but not trade; you are signed in as ${username}.`);
}

/** The desk's owner. */
export const ownerProcedure = signedInProcedure.use(({ ctx, next }) => {
  if (ctx.actor.user.role !== "owner") {
    throw new DeskError("FORBIDDEN", `Only the owner may do this; you are a ${ctx.actor.user.role}.`);
  }
  return next();
});
