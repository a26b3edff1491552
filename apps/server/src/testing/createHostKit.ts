import { randomUUID } from "node:crypto";
import {
  BrokerConnectionMonitor,
  BrokerCredentialStore,
  BrokerManager,
  createBrokerRegistry,
  SyntheticFeed,
  SystemClock,
  SystemRandom,
} from "@trenddojo/brokers";
import { accountId, connectionId, userId, type Clock } from "@trenddojo/brokers/domain";
import { accounts, connections, createDataKeyStore, createPaperStore, users, type Db } from "@trenddojo/db";
import { AuditLog } from "../audit/AuditLog.ts";
import { ConnectionHosts, type HostsParts } from "../connections/ConnectionHosts.ts";
import { OpenAccounts } from "../connections/OpenAccounts.ts";
import { createLogger } from "../createLogger.ts";
import { LastHalts } from "../kill/LastHalts.ts";
import { IdMaker } from "../lib/IdMaker.ts";
import { InProcessConnectionLease } from "../orders/ConnectionLease.ts";
import { OrderJournal } from "../orders/OrderJournal.ts";
import { InProcessTickBus } from "../streams/TickBus.ts";
import { faultyRegistry, type Faults } from "./faultyRegistry.ts";

/** How often the monitor looks: a drop is noticed at once. */
const MONITOR_EVERY_MS = 10;

/** The connections of a desk without its server: one user with one connection to a mock broker that can be made to fail. */
export async function createHostKit(
  db: Db,
  faults: Faults,
  { clock = new SystemClock(), builtIn = false }: { readonly clock?: Clock; readonly builtIn?: boolean } = {},
) {
  const random = new SystemRandom();
  const log = createLogger("silent");
  const feed = new SyntheticFeed({ clock, seed: 7 });
  await feed.start();
  const openAccounts = new OpenAccounts(db, clock);
  const deps = { clock, random, logger: log };
  const registry = createBrokerRegistry({
    deps,
    paper: {
      feed,
      openStore: (id) => createPaperStore(db, openAccounts.accountId(id)),
      riskPolicy: (id) => openAccounts.policy(id),
    },
  });
  const manager = new BrokerManager({
    registry: faultyRegistry(faults)(registry),
    monitor: new BrokerConnectionMonitor(deps),
    monitorIntervalMs: MONITOR_EVERY_MS,
  });
  const audit = new AuditLog(clock);
  const bus = new InProcessTickBus();
  const parts: HostsParts = {
    registry,
    manager,
    leases: new InProcessConnectionLease(clock),
    vault: new BrokerCredentialStore({
      keyEncryptionKey: { version: 1, key: Buffer.alloc(32, 7) },
      dataKeys: createDataKeyStore(db, clock),
    }),
    openAccounts,
    db,
    clock,
    ids: new IdMaker(clock, random),
    log,
    audit,
    journal: new OrderJournal({ db, clock, audit, bus }),
    bus,
    live: { mayTrade: () => true },
    lastHalts: new LastHalts(clock),
  };
  const hosts = new ConnectionHosts(parts);
  return {
    hosts,
    target: await seedTarget(db, builtIn),
    [Symbol.asyncDispose]: async () => {
      await hosts[Symbol.asyncDispose]();
      await feed[Symbol.asyncDispose]();
    },
  };
}

async function seedTarget(db: Db, builtIn: boolean) {
  const name = randomUUID().slice(0, 8);
  const owner = { userId: userId(name), broker: "alpaca", mode: "mock", createdAt: 1 } as const;
  const connection = {
    ...owner,
    id: connectionId(`c-${name}`),
    label: "Mock",
    desired: "connected",
    settings: {},
    builtIn,
  } as const;
  const account = {
    ...owner,
    id: accountId(`a-${name}`),
    connectionId: connection.id,
    venueAccountId: `M-${name}`,
    currency: "USD",
  } as const;
  await db.transaction(async (tx) => {
    await users.insert(tx, { id: owner.userId, username: name, passwordHash: "x", role: "trader", createdAt: 1 });
    await connections.insert(tx, connection);
    await accounts.insert(tx, account);
  });
  return { connection: { ...connection, removedAt: null }, account: { ...account, removedAt: null } };
}
