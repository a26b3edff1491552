import { randomUUID } from "node:crypto";
import { SystemClock } from "@trenddojo/brokers";
import { money, type AccountEvent } from "@trenddojo/brokers/domain";
import { audit } from "@trenddojo/db";
import { createTestStore, type TestDb } from "@trenddojo/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { AuditLog, chains } from "../audit/AuditLog.ts";
import { InProcessTickBus, subjects } from "../streams/TickBus.ts";
import { createHostKit } from "../testing/createHostKit.ts";
import type { Faults } from "../testing/faultyRegistry.ts";
import { losingCommits } from "../testing/losingCommits.ts";
import { until } from "../testing/until.ts";
import { ACCOUNT_EVENT_ACTIONS, AccountEvents } from "./AccountEvents.ts";

let store: TestDb;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store.close());

const CALL: AccountEvent = {
  id: "E1-7",
  kind: "margin_call",
  symbol: null,
  at: 1,
  equity: money(900),
  maintenance: money(975),
  deficit: money(75),
  message: "Margin call: 75.00 short.",
};

const idsOf = (chain: string) => audit.subjects(store.db, chain, ACCOUNT_EVENT_ACTIONS);

it("[SV54] an event is written and announced once, however often it is told and whoever writes", async () => {
  await using kit = await createHostKit(store.db, {});
  const { account } = kit.target;
  const bus = new InProcessTickBus();
  let announced = 0;
  bus.subscribe(subjects.accountEvents(account.id), () => void (announced += 1));
  const parts = {
    account,
    db: store.db,
    audit: new AuditLog(new SystemClock()),
    bus,
    onWritten: () => Promise.resolve(),
  };
  const first = new AccountEvents(parts);
  await first.write(CALL);
  await first.write(CALL);
  await first.write({ ...CALL, id: "E1-9" });
  await new AccountEvents(parts).write(CALL);
  expect(await idsOf(chains.account(account.id))).toEqual(["E1-7", "E1-9"]);
  expect(announced).toBe(2);
});

it("[SV54] one whose row may have been written or not is told again, and written once", async () => {
  const losing = losingCommits(store);
  const faults: Faults = {};
  const told: ((event: AccountEvent) => void)[] = [];
  faults.subscribeToAccountEvents = () => (_since, callback) => {
    told.push(callback);
    return Promise.resolve(() => undefined);
  };
  let isDown = false;
  faults.getConnectionStatus = (client) => () => {
    const status = client.getConnectionStatus();
    return isDown ? { ...status, isConnected: false, isHealthy: false } : status;
  };
  faults.isConnected = (client) => () => !isDown && client.isConnected();
  faults.connect = (client) => async (options) => {
    const answer = await client.connect(options);
    isDown = false;
    return answer;
  };
  await using kit = await createHostKit(losing.store.db, faults);
  const host = await kit.hosts.open(kit.target);
  await until("orders may go", () => host.readyClient() !== null);
  const [before, id] = ["E1-1", randomUUID()];
  told[0]?.({ ...CALL, id: before });
  await host.updates.idle();
  losing.loseNext();
  told[0]?.({ ...CALL, id });
  await host.updates.idle();
  isDown = true;
  await until("another subscription", () => told.length === 2);
  told[1]?.({ ...CALL, id });
  await host.updates.idle();
  expect(await idsOf(chains.account(kit.target.account.id))).toEqual([before, id]);
});
