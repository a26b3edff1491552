import { SystemClock } from "@trenddojo/brokers";
import { DbError } from "@trenddojo/db";
import { bootErrorLines } from "../bootErrorLines.ts";
import { createLogger } from "../createLogger.ts";
import { readEnv } from "../env.ts";
import { askDesk } from "./askDesk.ts";
import { controlSocketOf, type ControlReport, type ControlRequest } from "./controlSocket.ts";
import { isConfirmed, NoSuchUser } from "./haltDesk.ts";
import { carriedOutText, desksText } from "./desksText.ts";
import { flipSwitch, haltQuietly, readStatus, SwitchHeld, type StoredStatus } from "./haltQuietly.ts";
import { parseCommand, USAGE, UsageError } from "./parseCommand.ts";
import { reportLine, reportTable } from "./reportText.ts";

/** All confirmed; the command was wrong; some are not confirmed; a desk holds the store and does not answer. */
const EXIT = { done: 0, failed: 1, usage: 2, unconfirmed: 3, hung: 4 } as const;

async function main(): Promise<number> {
  const request = parseCommand(process.argv.slice(2));
  const env = readEnv();
  const log = createLogger("fatal");
  const asked = await askDesk(new SystemClock(), controlSocketOf(env.DATA_DIR), request);
  switch (asked.kind) {
    case "report":
      return show(request, asked.report);
    case "error":
      say(asked.message);
      return EXIT.failed;
    case "down":
      if (request.command === "status") return showStored(request, await readStatus(env, request.user));
      return show(request, await haltQuietly(env, log, request, (desks) => say(carriedOutText(desks))));
    case "hung":
      say("The desk runs and does not answer.");
      if (request.command === "status" || env.DATABASE_URL === undefined) return EXIT.hung;
      show(request, await flipSwitch(env, request));
      say("It sends no order any more. End its process and run this again, so that the brokers are asked.");
      return EXIT.unconfirmed;
    case "unsure":
      say(`Whether a desk runs on these files cannot be told: ${asked.why} at its socket in DATA_DIR.`);
      if (request.command === "status") return showStored(request, await readStatus(env, request.user));
      show(request, await flipSwitch(env, request));
      say("No order is sent any more, and nothing was canceled from here: halt in the desk too, where one runs.");
      return EXIT.unconfirmed;
  }
}

function show({ command }: ControlRequest, report: ControlReport): number {
  process.stdout.write(`${reportTable(report)}\n${reportLine(command, report)}\n`);
  return command === "status" || isConfirmed(report) ? EXIT.done : EXIT.unconfirmed;
}

function showStored(request: ControlRequest, { report, desks }: StoredStatus): number {
  say(desksText(desks));
  return show(request, report);
}

function say(text: string): void {
  process.stderr.write(`trenddojo: ${text}\n`);
}

function exitOf(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return EXIT.usage;
  }
  if (error instanceof NoSuchUser || error instanceof SwitchHeld) say(error.message);
  else process.stderr.write(bootErrorLines(error));
  if (!(error instanceof DbError) || error.code !== "DATA_DIR_LOCKED") return EXIT.failed;
  say("It was not asked, for it does not listen: end it, with kill -9 where it hangs, and run this again.");
  return EXIT.hung;
}

// What a broker's client leaves open must not keep the command from ending.
process.exit(await main().catch(exitOf));
