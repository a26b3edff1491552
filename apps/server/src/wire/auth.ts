import { z } from "zod";
import { id, instant } from "./common.ts";
import { secondFactorCode } from "./factors.ts";

/** `cancel_only` sees everything of its own and may cancel and halt, nothing else. */
export const ROLES = ["owner", "trader", "viewer", "cancel_only"] as const;
export type Role = (typeof ROLES)[number];

/** There is one owner: what anybody else can be. */
export const invitedRole = z.enum(["trader", "viewer", "cancel_only"]);
export type InvitedRole = z.infer<typeof invitedRole>;

export const user = z.object({ id, username: z.string(), role: z.enum(ROLES), createdAt: instant });
export type UserView = z.infer<typeof user>;

export const username = z
  .string()
  .trim()
  .min(2)
  .max(32)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "letters, digits, dot, dash and underscore");
/** At least 12 characters, at most 256; no rule on their kind (ASVS 5.0 6.2.1, 6.2.5). */
export const newPassword = z.string().min(12).max(256);

/** auth.status (query, public): what the first screen is. */
export const authStatus = z.object({ setUpRequired: z.boolean(), user: user.nullable() });
/** auth.setUp (mutation, public): the owner's account; only while there is no user. Sets the session cookie. */
export const setUpInput = z.strictObject({ username, password: newPassword });
/** auth.signIn (mutation, public). Sets the session cookie. */
export const signInInput = z.strictObject({
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
  /** Of who has a second factor: without it SECOND_FACTOR_REQUIRED, once the password is right. */
  code: secondFactorCode.optional(),
});
/** auth.changePassword (mutation): ends every other session of the user. */
export const changePasswordInput = z.strictObject({ currentPassword: z.string().min(1).max(256), newPassword });
/** auth.createUser (mutation, owner). Each user has a built-in paper account of their own. */
export const createUserInput = z.strictObject({ username, password: newPassword, role: invitedRole });
/** auth.users (query, owner) → UserView[] */
export const users = z.array(user);
/** auth.sessions (query) → SessionView[], newest first. */
export const session = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  address: z.string(),
  userAgent: z.string(),
});
export type SessionView = z.infer<typeof session>;
/** auth.revokeSession (mutation). Its sockets close within a second. */
export const revokeSessionInput = z.strictObject({ id: z.string().min(1).max(128) });
/** auth.signOutEverywhere (mutation): every session but this one. */
export const endedSessions = z.object({ ended: z.number().int() });
/** auth.webSocketTicket (mutation): a one-time ticket for `connectionParams`, valid for 30 s. */
export const webSocketTicket = z.object({ ticket: z.string() });
