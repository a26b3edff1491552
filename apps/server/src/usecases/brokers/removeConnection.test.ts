import { randomUUID } from "node:crypto";
import { SystemClock } from "@trenddojo/brokers";
import { expect, it } from "vitest";
import { createQuietDesk } from "../../testing/createQuietDesk.ts";
import { placeOrderInput } from "../../wire/orders.ts";
import { listAccounts } from "../accounts/listAccounts.ts";
import { setUpOwner } from "../auth/setUpOwner.ts";
import { cancelOrder } from "../orders/cancelOrder.ts";
import { listOrders } from "../orders/listOrders.ts";
import { placeOrder } from "../orders/placeOrder.ts";
import { addConnection } from "./addConnection.ts";
import { listConnections } from "./listConnections.ts";
import { removeConnection } from "./removeConnection.ts";

const RESTING = {
  type: "limit",
  symbol: "AAPL",
  side: "buy",
  quantity: "1",
  price: "1.00",
  timeInForce: "gtc",
} as const;
const MOCK = { broker: "alpaca", mode: "mock", label: "Try-out", credentials: {} } as const;

it("[SV564] an order that comes while its connection is being removed keeps the connection", async () => {
  await using quiet = await createQuietDesk(new SystemClock());
  const { desk, held } = quiet;
  const here = { address: "::1", userAgent: "test" };
  const { cookie } = await setUpOwner(desk, here, { username: "Ada", password: "four unrelated words" });
  const ada = await quiet.actorOf(cookie);
  const { id } = await addConnection(desk, ada, MOCK, undefined);
  const account = (await listAccounts(desk, ada)).find(({ connectionId }) => connectionId === id);
  const place = () =>
    placeOrder(
      desk,
      ada,
      placeOrderInput.parse({ accountId: account?.id ?? "", idempotencyKey: randomUUID(), order: RESTING }),
    );
  quiet.holdNext(place);
  await expect(removeConnection(held, ada, id)).rejects.toMatchObject({ code: "OPEN_ORDERS" });
  expect((await listConnections(desk, ada)).map((connection) => connection.id)).toContain(id);
  const [order] = (await listOrders(desk, ada, { filter: "open", limit: 10 })).orders;
  expect(await cancelOrder(desk, ada, order?.id ?? "")).toMatchObject({ state: "CANCELED" });
  await removeConnection(held, ada, id);
});
