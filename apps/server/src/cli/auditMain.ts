import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SystemClock } from "@trenddojo/brokers";
import { appRoleGrants, type Db } from "@trenddojo/db";
import { CheckpointFile } from "../audit/CheckpointFile.ts";
import { exportLog } from "../audit/exportLog.ts";
import { checkpointPath, signingKeyPath } from "../audit/openCheckpoints.ts";
import { readCheckpoints } from "../audit/readCheckpoints.ts";
import { publicKeysPath, readPublicKeys } from "../audit/SigningKey.ts";
import { verifyLog, type LogVerification } from "../audit/verifyLog.ts";
import { bootErrorLines } from "../bootErrorLines.ts";
import { EnvError, readEnv, type Env } from "../env.ts";
import { CloseStack } from "../lib/CloseStack.ts";
import { openStore } from "../openParts.ts";
import { askAudit, DeskSilent } from "./askAudit.ts";
import type { AuditAnswer, AuditRequest } from "./auditControl.ts";
import { controlSocketOf } from "./controlSocket.ts";
import { AUDIT_USAGE, parseAuditCommand } from "./parseAuditCommand.ts";
import { UsageError } from "./parseCommand.ts";

const VERIFIER = fileURLToPath(new URL("../audit/verifyExport.mjs", import.meta.url));
/** All is as written; something is not, or could not be done; the command was wrong. */
const EXIT = { done: 0, failed: 1, usage: 2 } as const;

async function main(): Promise<number> {
  const { folder, rest } = splitFrom(process.argv.slice(2));
  const command = parseAuditCommand(rest, folder);
  if (command.command === "grants") {
    process.stdout.write(appRoleGrants(command.role));
    return EXIT.done;
  }
  const env = readEnv();
  if (command.command === "verify") return show(await verify(env, command.checkpoints));
  await exportTo(env, command.folder);
  return EXIT.done;
}

async function verify(env: Env, checkpoints: string | null): Promise<LogVerification> {
  const answers = await ask(env, { command: "audit verify", checkpoints });
  if (answers === null) {
    return withStore(env, async (db) => {
      const file = new CheckpointFile(checkpoints ?? checkpointPath(env));
      const keys = await readPublicKeys(publicKeysPath(signingKeyPath(env)));
      return verifyLog(db, await readCheckpoints({ db, file, keys }));
    });
  }
  for await (const answer of answers) if ("verification" in answer) return answer.verification;
  throw new DeskSilent("the desk did not say what became of the log");
}

async function exportTo(env: Env, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const target = join(folder, "audit.jsonl");
  if (existsSync(target)) throw new EnvError(`there is an export in ${folder} already: name another folder`);
  // Before the rows: a checkpoint of later ones would make it look as if their tail had been cut.
  await copyIfThere(checkpointPath(env), join(folder, "audit-checkpoints.jsonl"));
  await copyIfThere(publicKeysPath(signingKeyPath(env)), join(folder, "audit-signing.key.pub"));
  await copyFile(VERIFIER, join(folder, "verify.mjs"));
  const answers = await ask(env, { command: "audit export" });
  const rows =
    answers === null
      ? await withStore(env, (db) => writeLines(target, exportLog(db)))
      : await writeLines(target, rowsOf(answers));
  process.stdout.write(`${rows} rows are in ${folder}: node ${join(folder, "verify.mjs")} verifies them\n`);
}

async function* rowsOf(answers: AsyncIterable<AuditAnswer>): AsyncGenerator<string> {
  for await (const answer of answers) if ("row" in answer) yield answer.row;
}

async function writeLines(path: string, lines: AsyncIterable<string>): Promise<number> {
  const file = createWriteStream(path, { flags: "wx", mode: 0o600 });
  let count = 0;
  for await (const line of lines) {
    count += 1;
    if (!file.write(`${line}\n`)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
  return count;
}

async function ask(env: Env, request: AuditRequest): Promise<AsyncIterable<AuditAnswer> | null> {
  const answers = await askAudit(new SystemClock(), controlSocketOf(env.DATA_DIR), request);
  return answers === null ? null : refusing(answers);
}

/** @throws EnvError what the desk refuses */
async function* refusing(answers: AsyncIterable<AuditAnswer>): AsyncGenerator<AuditAnswer> {
  for await (const answer of answers) {
    if ("error" in answer) throw new EnvError(answer.error);
    yield answer;
  }
}

async function withStore<Value>(env: Env, work: (db: Db) => Promise<Value>): Promise<Value> {
  // A look at the wrong folder must not make a desk there.
  if (env.DATABASE_URL === undefined && !existsSync(join(env.DATA_DIR, "database"))) {
    throw new EnvError(`there is no desk in ${env.DATA_DIR}: set DATA_DIR, or DATABASE_URL, as it is for the desk`);
  }
  await using stack = new CloseStack();
  return await work((await openStore(env, stack)).db);
}

function show({ rows, chains, checkpoints, ok, firstBad, fault }: LogVerification): number {
  const signed = `${checkpoints} signed checkpoints`;
  if (ok) process.stdout.write(`${rows} rows in ${chains} chains are as they were written, by ${signed}\n`);
  if (fault !== null) process.stdout.write(`${fault}\n`);
  if (firstBad !== null) process.stdout.write(`first bad row: ${firstBad.chain} #${firstBad.sequence}\n`);
  return ok ? EXIT.done : EXIT.failed;
}

async function copyIfThere(from: string, to: string): Promise<void> {
  if (existsSync(from)) await copyFile(from, to);
}

/** `--from FOLDER` comes first where this was not started in the folder that the person is in. */
function splitFrom(args: readonly string[]): { readonly folder: string; readonly rest: readonly string[] } {
  const [first, folder, ...rest] = args;
  return first === "--from" && folder !== undefined ? { folder, rest } : { folder: process.cwd(), rest: args };
}

function exitOf(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${AUDIT_USAGE}`);
    return EXIT.usage;
  }
  if (error instanceof DeskSilent) process.stderr.write(`trenddojo: ${error.message}\n`);
  else process.stderr.write(bootErrorLines(error));
  return EXIT.failed;
}

process.exitCode = await main().catch(exitOf);
