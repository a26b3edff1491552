import { z } from "zod";
import { id, instant } from "./common.ts";

/**
 * What a program may do with a token: `read` asks; `cancel_only` reads, cancels and halts; `paper` reads and gives orders
 * to paper and mock accounts; `trade` all of these. Never more than the token's person may.
 */
export const tokenScope = z.enum(["read", "cancel_only", "paper", "trade"]);

/** tokens.list (query): one's own that hold, newest first. `lastUsedAt` is null where it never was, and up to 30 s old. */
export const token = z.object({
  id,
  name: z.string(),
  /** Its last four characters, by which a person tells it from others; null of one that was made before they were kept. */
  ending: z.string().nullable(),
  scope: tokenScope,
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
});
export type TokenView = z.infer<typeof token>;
/** tokens.create (mutation, after a step-up). */
export const createTokenInput = z.strictObject({
  name: z.string().trim().min(1).max(40),
  scope: tokenScope,
  /** How long it holds. */
  days: z.number().int().min(1).max(365),
});
export type CreateTokenInput = z.infer<typeof createTokenInput>;
/** `token` is said this once; a program sends it as "Authorization: Bearer" over HTTP. */
export const newToken = token.extend({ token: z.string() });
export type NewTokenView = z.infer<typeof newToken>;
/** tokens.revoke (mutation). */
export const revokeTokenInput = z.strictObject({ id });
