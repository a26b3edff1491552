import { audit } from "@trenddojo/db";
import { userId } from "@trenddojo/brokers/domain";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createProgram } from "./testing/createProgram.ts";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { OWNER, setUp, signInAs } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";

const VIEWER = { username: "vera", password: "some other four words", role: "viewer" } as const;
/** As many rows, and no more for as long as the test runs. */
const BURST = 3;

let desk: TestDesk;
let owner: TestClient;
let viewer: TestClient;

beforeAll(async () => {
  desk = await createTestDesk({ buckets: { refusal: { perSecond: 1e-9, burst: BURST } } });
  owner = createTestClient(desk.url);
  viewer = createTestClient(desk.url);
  await setUp(owner);
  await owner.api.auth.createUser.mutate(VIEWER);
  await signInAs(viewer, VIEWER);
});
afterAll(async () => {
  await viewer[Symbol.asyncDispose]();
  await owner[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

/** What the log says that somebody was refused, oldest first. */
async function refusedTo(client: TestClient): Promise<readonly unknown[]> {
  const { user } = await client.api.auth.status.query();
  const { entries } = await audit.page(desk.store.db, {
    userId: userId(user?.id ?? ""),
    action: "access.refused",
    limit: 100,
  });
  return entries
    .map(({ details, username }) => [username, details["role"], details["what"], details["address"]])
    .reverse();
}

it("[SV442] what a role does not cover is refused, and who asked for it is written down, at a pace that fills no log", async () => {
  expect((await refusalOf(viewer.api.orders.reduceOnly.mutate())).code).toBe("FORBIDDEN");
  expect((await refusalOf(viewer.api.auth.users.query())).code).toBe("FORBIDDEN");
  expect((await fetch(`${desk.url}/metrics`, { headers: { cookie: viewer.cookie() } })).status).toBe(403);
  const rows = ["orders.reduceOnly", "auth.users", "the metrics"].map((what) => ["vera", "viewer", what, "127.0.0.1"]);
  expect(await refusedTo(viewer)).toEqual(rows);
  for (let count = 0; count < 10; count += 1) {
    expect((await refusalOf(viewer.api.orders.reduceOnly.mutate())).code).toBe("FORBIDDEN");
  }
  expect(await refusedTo(viewer)).toEqual(rows);
});

it("[SV442] so is what a token's scope does not cover; what is allowed, or not well formed, is no refusal", async () => {
  await owner.api.auth.stepUp.mutate({ password: OWNER.password });
  const { token } = await owner.api.tokens.create.mutate({ name: "bot", scope: "read", days: 1 });
  const program = createProgram(desk.url, token);
  await program.accounts.list.query();
  expect((await refusalOf(program.orders.get.query({ orderId: "none" }))).code).toBe("NOT_FOUND");
  expect(await refusedTo(owner)).toEqual([]);
  expect((await refusalOf(program.orders.halt.mutate({}))).code).toBe("FORBIDDEN");
  expect(await refusedTo(owner)).toEqual([["Ada", "owner", "orders.halt", "127.0.0.1"]]);
});

it("[SV552] a token that asks for what wants a person is written down too, with its name; one that opens nothing is not", async () => {
  await using other = await createTestDesk();
  await using person = createTestClient(other.url);
  await setUp(person);
  await person.api.auth.stepUp.mutate({ password: OWNER.password });
  const { token, id } = await person.api.tokens.create.mutate({ name: "bot", scope: "trade", days: 1 });
  const program = createProgram(other.url, token);
  const rows = async () => {
    const { entries } = await person.api.audit.list.query({ action: "access.refused" });
    return entries.map(({ message, details }) => [message, Object(details).token]);
  };
  const asked = () => program.tokens.create.mutate({ name: "more", scope: "trade", days: 1 });
  expect((await refusalOf(asked())).code).toBe("FORBIDDEN");
  expect(await rows()).toEqual([["Ada's token bot (owner) was refused tokens.create", "bot"]]);
  const stranger = createProgram(other.url, `${token.slice(0, -4)}AAAA`);
  expect((await refusalOf(stranger.tokens.revoke.mutate({ id }))).code).toBe("FORBIDDEN");
  await person.api.tokens.revoke.mutate({ id });
  expect((await refusalOf(asked())).code).toBe("FORBIDDEN");
  expect(await rows()).toHaveLength(1);
});
