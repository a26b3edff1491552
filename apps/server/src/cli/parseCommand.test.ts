import { describe, expect, it } from "vitest";
import { parseCommand, UsageError } from "./parseCommand.ts";
import { reportLine, reportTable } from "./reportText.ts";

describe("the desk's command line", () => {
  it("[SV81] reads its commands", () => {
    expect(parseCommand(["halt"])).toEqual({ command: "halt", user: null, reason: "", waitMs: 30_000 });
    const full = ["halt", "--user", "Ada", "--reason", " a drill ", "--wait", "5"];
    expect(parseCommand(full)).toEqual({ command: "halt", user: "Ada", reason: "a drill", waitMs: 5_000 });
    expect(parseCommand(["status", "--user", "Ada"])).toEqual({ command: "status", user: "Ada" });
  });

  it.each([
    [[]],
    [["resume"]],
    [["halt", "now"]],
    [["halt", "--all"]],
    [["halt", "--wait", "soon"]],
    [["halt", "--wait", "-1"]],
    [["halt", "--wait", "601"]],
    [["halt", "--reason", "x".repeat(201)]],
  ])("[SV81] %j is refused in a sentence", (args) => {
    expect(() => parseCommand(args)).toThrow(UsageError);
  });

  it("[SV81] tells each broker's step as a table and as one line of JSON", () => {
    const at = "2026-11-20T15:30:00.000Z";
    const step = { broker: "paper", mode: "paper", openOrders: 3, attempts: 2, updatedAt: at } as const;
    const report = {
      users: [
        {
          username: "Ada",
          state: "HALTED",
          reason: "a drill",
          changedAt: at,
          changedBy: null,
          halt: {
            id: "h",
            requestedAt: at,
            requestedBy: null,
            source: "cli",
            reason: "a drill",
            endedAt: null,
            steps: [
              { ...step, connectionId: "1", label: "Paper", state: "confirmed", remaining: 0, error: null },
              { ...step, connectionId: "2", label: "Other", state: "unconfirmed", remaining: null, error: "TIMEOUT" },
            ],
          },
        },
        { username: "Bob", state: "ACTIVE", reason: null, changedAt: at, changedBy: null, halt: null },
      ],
    } as const satisfies Parameters<typeof reportTable>[0] | object;
    const parsed = {
      users: report.users.map((user) => ({
        ...user,
        halt: user.halt === null ? null : { ...user.halt, steps: [...user.halt.steps] },
      })),
    };
    const [headings = "", ...rows] = reportTable(parsed).split("\n");
    expect(headings).toMatch(/^user +state +broker +mode +step/);
    expect(rows).toHaveLength(3);
    expect(rows[1]).toMatch(/^Ada +HALTED +Other +paper +unconfirmed +3 +\? +2 x +TIMEOUT$/);
    expect(rows[2]).toBe("Bob   ACTIVE");
    const line = reportLine("halt", parsed);
    expect(line).not.toContain("\n");
    expect(JSON.parse(line)).toMatchObject({
      command: "halt",
      users: [
        { user: "Ada", state: "HALTED" },
        { user: "Bob", state: "ACTIVE" },
      ],
      confirmed: 1,
      unconfirmed: 1,
      steps: [{ label: "Paper" }, { label: "Other", error: "TIMEOUT" }],
    });
  });
});
