import { parseArgs } from "node:util";
import type { ControlRequest } from "./controlSocket.ts";

export const USAGE = `pnpm desk halt [--user NAME] [--reason TEXT] [--wait SECONDS]
    Stops trading, of everyone or of one user, and cancels everything at every broker; with the desk running or not.
    Ends with 0 when every broker has confirmed, and 3 when some have not within SECONDS (30).
pnpm desk status [--user NAME]
    Whether trading is stopped, and what each broker has confirmed.
The settings are those of the desk itself: DATA_DIR, DATABASE_URL and the others.
`;

/** A command that cannot be read; the message says why. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** @throws UsageError */
export function parseCommand(args: readonly string[]): ControlRequest {
  const { command, values } = read(args);
  const user = values.user ?? null;
  if (command === "status") return { command, user };
  if (command !== "halt") throw new UsageError(`there is no command "${command}"`);
  const seconds = Number(values.wait ?? "30");
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > 600) throw new UsageError("--wait takes 0 to 600 seconds");
  const reason = (values.reason ?? "").trim();
  if (reason.length > 200) throw new UsageError("--reason takes at most 200 characters");
  return { command, user, reason, waitMs: seconds * 1_000 };
}

function read(args: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { user: { type: "string" }, reason: { type: "string" }, wait: { type: "string" } },
    });
    if (positionals.length > 1) throw new UsageError(`"${positionals[1] ?? ""}" is not understood`);
    return { command: positionals[0] ?? "", values };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : "the command is not understood");
  }
}
