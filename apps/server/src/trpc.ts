import { initTRPC, TRPCError } from "@trpc/server";
import type { Actor } from "./auth/Actor.ts";
import type { TokenCaller } from "./auth/ApiTokens.ts";
import type { BucketName } from "./auth/buckets.ts";
import type { TokenNeed } from "./auth/TokenNeed.ts";
import type { Context } from "./context.ts";
import { DeskError } from "./DeskError.ts";
import { formatError } from "./formatError.ts";
import { toDeskError } from "./toDeskError.ts";
import { noteRefusal } from "./usecases/noteRefusal.ts";
import { noteTokenRefusal } from "./usecases/tokens/noteTokenRefusal.ts";
import { admitToken } from "./usecases/tokens/admitToken.ts";

/** Declared with every procedure: a test walks the router. */
export interface Meta {
  /** The rate limit that the call draws from. */
  readonly bucket: BucketName;
  /** What a program's token must be good for. */
  readonly token: TokenNeed;
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

/** What wants a person takes no token, and what asks for nobody takes none either. */
const personWithoutToken = t.middleware(async ({ ctx, meta, path, next }) => {
  if (ctx.bearer !== null && meta?.token === "none") {
    await noteTokenRefusal(ctx, ctx.bearer, path);
    throw new DeskError("FORBIDDEN", `No token may call ${path}: it wants a person who is signed in.`);
  }
  return next();
});

const procedure = t.procedure.use(streamsOnSockets).use(personWithoutToken);

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

/**
 * The session or the token is read again for every call, over HTTP and on a socket alike: one that has been revoked ends
 * at once.
 */
const signedIn = t.middleware(async ({ ctx, meta, next }) => {
  if (meta === undefined) throw new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: "a procedure has no bucket" });
  // Who has no call left costs the store no look.
  const { sessions, apiTokens } = ctx.desk;
  const holder = ctx.bearer === null ? sessions.lastHolder(ctx.sessionToken) : apiTokens.lastHolder(ctx.bearer);
  if (holder !== null) ctx.desk.rateLimiter.assertAny(meta.bucket, holder);
  // Nor may a stranger have it look for ever, by made-up tokens and cookies or by ones that have ended.
  const isLookedUp = ctx.bearer !== null || ctx.sessionToken !== null;
  if (isLookedUp && holder === null) ctx.desk.rateLimiter.take("status", ctx.address);
  const known = ctx.bearer === null ? await byCookie(ctx) : await byToken(ctx, ctx.bearer);
  ctx.desk.rateLimiter.take(meta.bucket, known.actor.user.id);
  return next({ ctx: known });
});

interface Known {
  readonly actor: Actor;
  /** The program's token; null where a person calls by their session. */
  readonly caller: TokenCaller | null;
}

async function byCookie({ desk, sessionToken }: Context): Promise<Known> {
  const actor = await desk.sessions.authenticate(sessionToken);
  if (actor === null) throw new DeskError("UNAUTHENTICATED", "You are not signed in, or the session has ended.");
  return { actor, caller: null };
}

async function byToken({ desk }: Context, bearer: string): Promise<Known> {
  const caller = await desk.apiTokens.authenticate(bearer);
  if (caller === null) throw new DeskError("UNAUTHENTICATED", "This token is unknown, was revoked or is past its end.");
  return { actor: caller.actor, caller };
}

/** Anyone; limited by network address. */
export const publicProcedure = procedure.use(limitedByAddress);

const identified = procedure.use(readsItsAnswers).use(signedIn);

/** Any person who is signed in; limited by user. What they are refused is written down. */
export const signedInProcedure = identified
  .use(async ({ ctx, path, next }) => {
    const answer = await next();
    if (!answer.ok && toDeskError(answer.error).code === "FORBIDDEN")
      await noteRefusal(ctx.desk, ctx.actor, {
        what: path,
        address: ctx.address,
        token: ctx.caller?.token.name ?? null,
      });
    return answer;
  })
  .use(async ({ ctx, meta, path, type, getRawInput, next }) => {
    const call = { need: meta?.token ?? "none", path, isMutation: type === "mutation", input: getRawInput };
    if (ctx.caller !== null) await admitToken(ctx.desk, ctx.caller, call);
    return next();
  });

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
