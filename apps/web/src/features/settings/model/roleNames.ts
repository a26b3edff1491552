import type { InvitedRole, Role } from "@trenddojo/server/wire";

export const ROLE_NAMES = {
  owner: "Owner",
  trader: "Trader",
  viewer: "Viewer (sees, cannot trade)",
  cancel_only: "Cancel only (sees, cancels, halts)",
} as const satisfies Record<Role, string>;

/** What a person can be made; there is one owner. */
export const ROLE_OPTIONS = (["trader", "viewer", "cancel_only"] as const satisfies readonly InvitedRole[]).map(
  (value) => ({ value, label: ROLE_NAMES[value] }),
);
