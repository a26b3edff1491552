import { isoInstant } from "../../wire/encode.ts";
import type { Role, UserView } from "../../wire/auth.ts";

/** A user as the wire shows one. */
export function userView(user: {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
  readonly createdAt: number;
}): UserView {
  return { id: user.id, username: user.username, role: user.role, createdAt: isoInstant(user.createdAt) };
}
