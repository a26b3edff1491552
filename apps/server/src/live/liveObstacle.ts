import { DeskError } from "../DeskError.ts";
import type { SystemInfo } from "../wire/system.ts";

/** Why this process trades no real money, whoever asks, and what would have to change; null where it may. */
export function liveObstacle({
  liveTradingAllowed,
  database,
}: Pick<SystemInfo, "liveTradingAllowed" | "database">): DeskError | null {
  if (!liveTradingAllowed) {
    return new DeskError(
      "LIVE_UNAVAILABLE",
      "This desk was started without real money: start it with ALLOW_LIVE_TRADING=1 for that.",
    );
  }
  if (database.survivesPowerLoss) return null;
  return new DeskError(
    "LIVE_UNAVAILABLE",
    database.kind === "embedded"
      ? "Real money needs a store that survives a loss of power, and the embedded one does not: set DATABASE_URL to a PostgreSQL server."
      : "Real money needs a store that survives a loss of power: set fsync, full_page_writes and synchronous_commit of the PostgreSQL server to on, then restart the desk.",
  );
}
