import type { DbHandle } from "@trenddojo/db";
import { createTestStore } from "@trenddojo/db/testing";
import { expect, it } from "vitest";
import { createTestClient } from "../testing/createTestClient.ts";
import { createTestDesk } from "../testing/createTestDesk.ts";
import { liveRegistry } from "../testing/liveRegistry.ts";
import { OWNER, setUp } from "../testing/people.ts";
import { refusalOf } from "../testing/refusalOf.ts";

const CASES = [
  ["was not started for it", { kind: "server", survivesPowerLoss: true }, false, "ALLOW_LIVE_TRADING=1"],
  ["runs on the embedded store", { kind: "embedded", survivesPowerLoss: false }, true, "DATABASE_URL"],
  ["runs on a server that does not wait for its disk", { kind: "server", survivesPowerLoss: false }, true, "fsync"],
] as const;

it.each(CASES)("[SV358] one that %s connects no account of real money, and says what to do", async (...row) => {
  const [, facts, allowLive, whatToDo] = row;
  await using fresh = await createTestStore();
  const store: DbHandle = {
    db: fresh.db,
    ...facts,
    close: () => fresh.close(),
    [Symbol.asyncDispose]: () => fresh[Symbol.asyncDispose](),
  };
  await using desk = await createTestDesk({ store, allowLive, wrapRegistry: liveRegistry([]) });
  await using client = createTestClient(desk.url);
  await setUp(client);
  await client.api.auth.stepUp.mutate({ password: OWNER.password });
  const adding = client.api.brokers.add.mutate({ broker: "alpaca", mode: "live", label: "Real", credentials: {} });
  const refusal = await refusalOf(adding);
  expect(refusal).toMatchObject({ code: "LIVE_UNAVAILABLE" });
  expect(refusal.message).toContain(whatToDo);
});
