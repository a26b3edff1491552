import type { Role, TokenView } from "@trenddojo/server/wire";

type TokenScope = TokenView["scope"];

export const SCOPE_NAMES = {
  read: "Read",
  cancel_only: "Read, cancel and halt",
  paper: "Read, and orders on paper accounts",
  trade: "Read, and all orders",
} as const satisfies Record<TokenScope, string>;

const ASSISTING = ["read", "cancel_only"] as const;
const TRADING = ["read", "cancel_only", "paper", "trade"] as const;
const SCOPES_OF = {
  viewer: ["read"],
  cancel_only: ASSISTING,
  trader: TRADING,
  owner: TRADING,
} as const satisfies Record<Role, readonly TokenScope[]>;

/** What a person of this role can give a program. */
export function scopeOptions(role: Role) {
  return SCOPES_OF[role].map((value) => ({ value, label: SCOPE_NAMES[value] }));
}

/** How long a token can hold, in days. */
export const DAYS_OPTIONS = (["7", "30", "90", "365"] as const).map((value) => ({ value, label: `${value} days` }));
