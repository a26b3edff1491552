import { BrokerCredentialStore } from "../src/BrokerCredentialStore.ts";
import { MemoryVault, scopeOf } from "../src/credentials/fuzz/MemoryVault.ts";
import { SystemClock } from "../src/SystemClock.ts";

/** Seals and opens a pair of keys again and again, the data key in memory: pnpm --filter @trenddojo/brokers bench:vault */
const TIMES = 50_000;
const clock = new SystemClock();
const tables = new MemoryVault();
using vault = new BrokerCredentialStore({ keyEncryptionKey: tables.openKeys().ring, dataKeys: tables, clock });
const credentials = { keyId: "PK0123456789ABCDEFGH", secretKey: "0123456789abcdefghijklmnopqrstuvwxyzABCD" };
for (const name of ["warm-up", "measured"]) {
  const before = clock.monotonic();
  const cpu = process.cpuUsage();
  for (let index = 0; index < TIMES; index += 1)
    await vault.open(scopeOf(0), await vault.seal(scopeOf(0), credentials));
  const { user, system } = process.cpuUsage(cpu);
  const value = Math.round(TIMES / ((clock.monotonic() - before) / 1_000));
  const perCpuSecond = Math.round(TIMES / ((user + system) / 1_000_000));
  process.stdout.write(`${JSON.stringify({ name: `seal and open, ${name}`, value, unit: "/s", perCpuSecond })}\n`);
}
