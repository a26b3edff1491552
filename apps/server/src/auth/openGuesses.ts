import { sessions, type Executor } from "@trenddojo/db";
import { foldUsername } from "./foldUsername.ts";
import { GuessLimiter } from "./GuessLimiter.ts";
import type { RateLimiter } from "./RateLimiter.ts";

/** A limiter that knows where people were signed in before the desk was started again. */
export async function openGuesses(db: Executor, limiter: RateLimiter): Promise<GuessLimiter> {
  const guesses = new GuessLimiter(limiter);
  for (const { username, address } of await sessions.listOrigins(db)) guesses.know(foldUsername(username), address);
  return guesses;
}
