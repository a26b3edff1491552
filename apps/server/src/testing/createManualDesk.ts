import { randomUUID } from "node:crypto";
import { SystemClock } from "@trenddojo/brokers";
import { instrument, ManualFeed } from "@trenddojo/brokers/testing";
import type { OrderInput, OrderView } from "../wire/orders.ts";
import { createTestClient } from "./createTestClient.ts";
import { createTestDesk, type TestDeskOptions } from "./createTestDesk.ts";
import { builtIn, setUp } from "./people.ts";
import { until } from "./until.ts";

interface ManualDeskOptions extends Omit<TestDeskOptions, "feed"> {
  /** Signs in with it instead of setting the desk up. */
  readonly cookie?: string;
  /** Of the person's page, which the desk must let in. @default the desk's own */
  readonly origin?: string;
  /** For how long its prices may stand still before they are stale. @default ten minutes: a busy machine is no outage */
  readonly muteAfterMs?: number;
}

const TEN_MINUTES_MS = 600_000;

/** A desk whose prices a test makes, AAPL in parts of a share and MSFT in whole ones, and a person who trades there. */
export async function createManualDesk({
  cookie,
  origin,
  muteAfterMs = TEN_MINUTES_MS,
  ...options
}: ManualDeskOptions = {}) {
  const feed = new ManualFeed({
    clock: new SystemClock(),
    instruments: [
      instrument("AAPL", "Apple Inc.", { fractionable: true }),
      instrument("MSFT", "Microsoft Corporation"),
    ],
    muteAfterMs,
  });
  feed.quote("AAPL", 100, 100.02);
  feed.quote("MSFT", 200, 200.05);
  const desk = await createTestDesk({ ...options, feed });
  const person = createTestClient(desk.url, origin);
  if (cookie !== undefined) person.setCookie(cookie);
  const { accountId, connectionId } = cookie === undefined ? await setUp(person) : await builtIn(person);
  const { api } = person;
  const detail = (orderId: string) => api.orders.get.query({ orderId });
  /** An order and the others of its group, by role; a simple one is the entry. */
  const groupOf = async (orderId: string) => {
    const { order, group } = await detail(orderId);
    return Object.fromEntries([order, ...group].map((each) => [each.group?.role ?? "entry", each]));
  };
  return {
    desk,
    feed,
    person,
    api,
    accountId,
    connectionId,
    detail,
    groupOf,
    place: (order: OrderInput, idempotencyKey: string = randomUUID()): Promise<OrderView> =>
      api.orders.place.mutate({ accountId, idempotencyKey, order }),
    /** Waits until the order is in that state. */
    untilState: (orderId: string, state: OrderView["state"]) =>
      until(`${state}`, async () => {
        const { order } = await detail(orderId);
        return order.state === state ? order : null;
      }),
    /** The states of a group's orders, by role. */
    states: async (orderId: string) =>
      Object.fromEntries(Object.entries(await groupOf(orderId)).map(([role, { state }]) => [role, state])),
    [Symbol.asyncDispose]: async () => {
      await person[Symbol.asyncDispose]();
      await desk[Symbol.asyncDispose]();
      await feed[Symbol.asyncDispose]();
    },
  };
}
