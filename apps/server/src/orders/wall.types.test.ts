import { readFileSync } from "node:fs";
import type { BrokerClient, BrokerSession, OrderIntent, OrderSender } from "@trenddojo/brokers";
import { orderIntent, placeIntent } from "@trenddojo/brokers";
import type { AccountRow, ConnectionRow, NewIntent, OrderRow } from "@trenddojo/db";
import { expect, it } from "vitest";
import type { ConnectionHost } from "../connections/ConnectionHost.ts";
import { toOrderRequest } from "./toOrderRequest.ts";
import { storedOrder } from "./storedOrder.ts";

/** What a case is made of; it is compiled and never run. */
interface Parts {
  readonly host: ConnectionHost;
  readonly client: BrokerClient;
  readonly sender: OrderSender;
  readonly order: OrderRow;
  readonly account: AccountRow;
  readonly connection: ConnectionRow;
  readonly draft: NewIntent;
  readonly live: BrokerSession<"live">;
  readonly paper: BrokerSession<"paper">;
  readonly paperIntent: OrderIntent<"paper">;
}

const take = <Wanted>(value: Wanted): Wanted => value;

/** What the executor has in its hands goes through the one place where modes meet, and nowhere else. */
export async function storedOrdersApart({ host, sender, order, live, paper, paperIntent }: Parts): Promise<void> {
  const request = toOrderRequest(storedOrder(order, []));
  // @ts-expect-error a stored order into a session
  await live.place(order);
  // @ts-expect-error the request that is made of it
  await live.place(request);
  // @ts-expect-error a stored order as an intent of the mode that it happens to have
  take<OrderIntent<"live">>(orderIntent(order.mode, request));
  // @ts-expect-error an order that was parsed for paper
  await live.place(orderIntent("paper", request));
  // @ts-expect-error one of real money in a paper session
  await paper.place(orderIntent("live", request));
  // @ts-expect-error one that was parsed once is none of another session
  await live.place(paperIntent);
  // @ts-expect-error a request without its mode
  await placeIntent(sender, { request });
  // @ts-expect-error a mode without its request
  await placeIntent(sender, { mode: order.mode });
  // @ts-expect-error a session of one mode as the client of any
  await placeIntent(live, { mode: order.mode, request });
  // @ts-expect-error what sends and says no mode
  await placeIntent({ placeOrder: sender.placeOrder }, { mode: order.mode, request });
  // @ts-expect-error an open connection by itself
  await placeIntent(host, { mode: order.mode, request });
  // @ts-expect-error the client of an open connection, which may be away
  await placeIntent(host.readyClient(), { mode: order.mode, request });
}

/** The mode of what is stored or open never changes. */
export function rowsKeepTheirMode({ host, client, sender, order, account, connection, draft }: Parts): void {
  // @ts-expect-error a mode that there is not
  take<NewIntent>({ ...draft, mode: "simulator" });
  // @ts-expect-error an order without one
  take<NewIntent>({ ...draft, mode: undefined });
  // @ts-expect-error an order of an account of no mode
  take<AccountRow>({ ...account, mode: null });
  // @ts-expect-error of a client
  client.mode = "live";
  // @ts-expect-error of what sends
  sender.mode = order.mode;
  // @ts-expect-error of an open connection's account
  host.account = account;
  // @ts-expect-error an open connection is that of its account for ever
  host.connection = connection;
}

it("[SV350] the order path of the server compiles with no mixture of modes", () => {
  const cases = readFileSync(new URL(import.meta.url), "utf8").match(/^ {2}\/\/ @ts-expect-error /gm);
  expect(cases?.length).toBeGreaterThanOrEqual(18);
});
