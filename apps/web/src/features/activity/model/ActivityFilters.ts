import { fromWallTime } from "../../../lib/wallTime.ts";
import type { Preferences } from "../../../lib/preferences.ts";

/** What of an action's name tells what it is about, and how a person calls that. */
export const SUBJECTS = {
  "order.": "Orders",
  "trading.": "Trading on and off",
  "connection.": "Connections",
  "account.": "Accounts",
  "risk.": "Limits",
  "drift.": "Differences",
  "alert.": "Alerts",
  "session.": "Sessions",
  "user.": "People",
  "invitation.": "Invitations",
  "totp.": "Second factors",
  "passkey.": "Passkeys",
  "password.": "Passwords",
  "watchlist.": "Watchlist",
} as const;

/** As the address has them; absent ones leave all in. */
export interface ActivityFilters {
  /** Part of the action, subject or message. */
  readonly search?: string;
  /** How the action begins. */
  readonly action?: string;
  /** A name, or `THE_DESK`. */
  readonly person?: string;
  readonly mode?: "mock" | "paper" | "live";
  /** The first and the last day, "2026-11-30", on the chosen clock. */
  readonly from?: string;
  readonly to?: string;
}

/** Who acted where no person did. No name has a space. */
export const THE_DESK = "the desk";

const DAY_MS = 86_400_000;

/** What is asked of the desk; days are those of the clock in `zone`. */
export function queryOf({ search, action, person, mode, from, to }: ActivityFilters, zone: Preferences["timeZone"]) {
  const first = from === undefined ? undefined : fromWallTime(`${from}T00:00`, zone);
  const after = to === undefined ? undefined : fromWallTime(`${dayAfter(to)}T00:00`, zone);
  return {
    ...(search === undefined ? {} : { search }),
    ...(action === undefined ? {} : { action }),
    ...(person === undefined ? {} : { username: person === THE_DESK ? null : person }),
    ...(mode === undefined ? {} : { mode }),
    ...(first === undefined ? {} : { from: first }),
    ...(after === undefined ? {} : { to: after }),
  };
}

function dayAfter(day: string): string {
  const at = Date.parse(`${day}T00:00Z`);
  return Number.isNaN(at) ? "" : new Date(at + DAY_MS).toISOString().slice(0, 10);
}
