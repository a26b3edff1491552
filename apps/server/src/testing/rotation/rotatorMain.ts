// A process of the sweep: rotates the keys of a store while it reads, as a desk does, or opens everything once.
import { BrokerCredentialStore, SeededRandom, SystemClock } from "@trenddojo/brokers";
import { createDataKeyStore, createDb, credentials } from "@trenddojo/db";
import { AuditLog } from "../../audit/AuditLog.ts";
import { openKey } from "../../openKey.ts";
import { createRotationStore } from "../../vault/createRotationStore.ts";
import { VaultKeys } from "../../vault/VaultKeys.ts";
import { connectionAt, rotatorOptions, secretAt, type RotatorSaid } from "./rotation.ts";

const options = rotatorOptions.parse(JSON.parse(process.argv[2] ?? ""));
const { dataDir, databaseUrl } = options;
const clock = new SystemClock();
await using handle = await createDb({ dataDir, databaseUrl: databaseUrl ?? undefined });
const { db } = handle;
const keys = await openKey({ DATA_DIR: dataDir }, db, clock);
using vault = new BrokerCredentialStore({
  keyEncryptionKey: keys.ring,
  dataKeys: createDataKeyStore(db, clock),
  clock,
});
const tables = createRotationStore(db, clock);
const count = { changed: 0, reads: 0, failures: new Array<string>() };
const vaultKeys = new VaultKeys({
  vault,
  keys,
  db,
  clock,
  audit: new AuditLog(clock),
  store: {
    ...tables,
    rewrap: (...change) => changing(tables.rewrap(...change)),
    replace: (...change) => changing(tables.replace(...change)),
  },
});

if (options.task === "rotate") await rotateWhileReading();
else for (let index = 0; index < options.credentials; index += 1) await read(index);
const { version, isRotating } = await vaultKeys.status();
say({ version, isRotating, opened: count.reads - count.failures.length });
process.disconnect();

async function rotateWhileReading(): Promise<void> {
  const random = new SeededRandom(options.seed);
  const rotation = { isOver: false };
  const reading = (async () => {
    while (!rotation.isOver) {
      await read(random.integer(options.credentials));
      // Cold as often as not: what is read from memory proves nothing of the tables.
      if (random.integer(4) === 0) vault.lock();
    }
  })();
  try {
    const { damaged } = await vaultKeys.rotate();
    count.failures.push(...damaged.map(({ name, why }) => `${name}: ${why}`));
  } finally {
    rotation.isOver = true;
    await reading;
  }
}

async function read(index: number): Promise<void> {
  const scope = connectionAt(index);
  count.reads += 1;
  try {
    const row = await credentials.find(db, scope.connectionId);
    const opened = await vault.open({ ...scope, rowVersion: row?.rowVersion ?? 0 }, row?.envelope ?? "");
    if (JSON.stringify(opened) !== JSON.stringify(secretAt(index))) count.failures.push(`${index}: another secret`);
  } catch (error) {
    count.failures.push(`${index}: ${String(error)}`);
  }
}

async function changing(change: Promise<boolean>): Promise<boolean> {
  const isChanged = await change;
  count.changed += 1;
  say(null);
  return isChanged;
}

function say(end: RotatorSaid["end"]): void {
  process.send?.({ ...count, end } satisfies RotatorSaid);
}
