import type { ControlReport } from "./controlSocket.ts";

const HEADINGS = ["user", "state", "broker", "mode", "step", "were open", "remain", "asked", "what is the matter"];

/** What is known of each user's trading and of each broker, as a person reads it. */
export function reportTable({ users }: ControlReport): string {
  const rows = users.flatMap(({ username, state, halt }) => {
    const steps = halt?.steps ?? [];
    if (steps.length === 0) return [[username, state, "", "", "", "", "", "", ""]];
    return steps.map((step) => [
      username,
      state,
      step.label,
      step.mode,
      step.state,
      String(step.openOrders),
      step.remaining === null ? "?" : String(step.remaining),
      `${step.attempts} x`,
      step.error ?? "",
    ]);
  });
  const all = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The same in one line of JSON, for a program. */
export function reportLine(command: string, { users }: ControlReport): string {
  const steps = users.flatMap(({ username, halt }) =>
    (halt?.steps ?? []).map(({ label, broker, mode, state, openOrders, remaining, attempts, error }) => ({
      user: username,
      label,
      broker,
      mode,
      state,
      openOrders,
      remaining,
      attempts,
      error,
    })),
  );
  const confirmed = steps.filter(({ state }) => state === "confirmed").length;
  return JSON.stringify({
    command,
    users: users.map(({ username, state }) => ({ user: username, state })),
    confirmed,
    unconfirmed: steps.length - confirmed,
    steps,
  });
}
