import type { Context } from "../../context.ts";
import { noteRefusal } from "../noteRefusal.ts";

/**
 * Writes down that a token asked for what no token may have: a program that tries that has it in wrong hands, or in a
 * wrong place. Where the token opens nothing there is nobody to write it down for; a flood is looked up and written down
 * at the pace of the buckets only.
 */
export async function noteTokenRefusal({ desk, address }: Context, bearer: string, what: string): Promise<void> {
  const holder = desk.apiTokens.lastHolder(bearer);
  const isTooFast =
    holder === null ? desk.rateLimiter.tryTake("status", address) : desk.rateLimiter.tryTake("read", holder);
  if (isTooFast > 0) return;
  const caller = await desk.apiTokens.authenticate(bearer);
  if (caller !== null) await noteRefusal(desk, caller.actor, { what, address, token: caller.token.name });
}
