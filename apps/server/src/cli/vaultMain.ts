import { existsSync } from "node:fs";
import { join } from "node:path";
import { BrokerCredentialStore, SystemClock } from "@trenddojo/brokers";
import { createDataKeyStore, deskSessions } from "@trenddojo/db";
import { AuditLog } from "../audit/AuditLog.ts";
import { bootErrorLines } from "../bootErrorLines.ts";
import { EnvError, readEnv, type Env } from "../env.ts";
import { CloseStack } from "../lib/CloseStack.ts";
import { openKey, readKey } from "../openKey.ts";
import { openStore } from "../openParts.ts";
import { VaultKeys } from "../vault/VaultKeys.ts";
import { askVault } from "./askVault.ts";
import { controlSocketOf } from "./controlSocket.ts";
import { serveVault, vaultRequest, type VaultAnswer, type VaultRequest } from "./vaultControl.ts";
import { vaultText } from "./vaultText.ts";

const USAGE = `pnpm desk vault status
    Which keys are held, what they wrap, and whether a rotation was cut short.
pnpm desk vault rotate
    New keys of both levels, while the desk runs or not; asked again after a crash, it goes on.
pnpm desk vault verify
    Opens every stored secret and changes nothing. Ends with 1 where one does not open, and names what to enter again.
pnpm desk vault abandon
    Where the desk's key is lost: puts the one that is held in its place and names what to enter again. Removes nothing.
The settings are those of the desk itself: DATA_DIR, DATABASE_URL, CREDENTIAL_KEY and the others.
`;
/** All is well; something does not open, or could not be done; the command was wrong. */
const EXIT = { done: 0, failed: 1, usage: 2 } as const;

async function main(): Promise<number> {
  const request = vaultRequest.safeParse({ command: ["vault", ...process.argv.slice(2)].join(" ") });
  if (!request.success) {
    process.stderr.write(USAGE);
    return EXIT.usage;
  }
  const env = readEnv();
  const answer =
    (await askVault(controlSocketOf(env.DATA_DIR), request.data)) ?? (await withoutDesk(env, request.data));
  const { text, isWell } = vaultText(answer);
  process.stdout.write(`${text}\n`);
  return isWell ? EXIT.done : EXIT.failed;
}

/** @throws EnvError, DbError DATA_DIR_LOCKED where another process has the store; KeyFileError */
async function withoutDesk(env: Env, request: VaultRequest): Promise<VaultAnswer> {
  // A look at the wrong folder must not make a desk there.
  if (env.DATABASE_URL === undefined && !existsSync(join(env.DATA_DIR, "database"))) {
    throw new EnvError(`there is no desk in ${env.DATA_DIR}: set DATA_DIR, or DATABASE_URL, as it is for the desk`);
  }
  await using stack = new CloseStack();
  const { db, kind } = await openStore(env, stack);
  const elsewhere = kind === "server" ? await deskSessions(db) : [];
  if (elsewhere.length > 0 && (request.command === "vault rotate" || request.command === "vault abandon")) {
    throw new EnvError("a desk on another machine has this database open and holds its keys: do this there");
  }
  const clock = new SystemClock();
  const keys = await (request.command === "vault abandon" ? readKey : openKey)(env, db, clock);
  const vault = new BrokerCredentialStore({ keyEncryptionKey: keys.ring, dataKeys: createDataKeyStore(db, clock) });
  return await serveVault(new VaultKeys({ vault, keys, db, clock, audit: new AuditLog(clock) }), request);
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(bootErrorLines(error));
  return EXIT.failed;
});
