import { expect, it } from "vitest";
import { brokerSession, placeIntent, type OrderSender } from "./BrokerSession.ts";
import { mintClientOrderId } from "./domain/clientOrderIds.ts";
import { MODES, type Mode } from "./domain/Mode.ts";
import type { OrderRequest, OrderResponse } from "./domain/order.ts";
import { orderIntent } from "./OrderIntent.ts";
import { seededRandom } from "./testing/seededRandom.ts";

const random = seededRandom(350);
const pairs = MODES.flatMap((connection) =>
  MODES.flatMap((order) => MODES.map((id) => ({ connection, order, id, fits: connection === order && order === id }))),
);

/** A client of this mode that keeps what comes to it, and refuses it. */
function senderOf(mode: Mode): OrderSender & { readonly sent: readonly OrderRequest[] } {
  const sent: OrderRequest[] = [];
  return {
    mode,
    sent,
    placeOrder: (request): Promise<OrderResponse> => {
      sent.push(request);
      return Promise.reject(new Error("written"));
    },
  };
}

const requestOf = (mode: Mode): OrderRequest => ({
  type: "market",
  symbol: "AAPL",
  side: "buy",
  quantity: "1",
  timeInForce: "day",
  clientOrderId: mintClientOrderId(mode, random),
});

it.each(pairs)(
  "[W5] an order in $order mode with an id in $id mode at a $connection connection is written: $fits",
  async ({ connection, order, id, fits }) => {
    const sender = senderOf(connection);
    const request = requestOf(id);
    const placing = placeIntent(sender, { mode: order, request });
    const wanted = fits ? { message: "written" } : { name: "BrokerError", outcome: "refused" };
    await expect(placing).rejects.toMatchObject(wanted);
    expect(sender.sent).toEqual(fits ? [request] : []);
  },
);

it("[W5] it is written in the tick in which it is asked for", () => {
  const sender = senderOf("paper");
  placeIntent(sender, { mode: "paper", request: requestOf("paper") }).catch(() => undefined);
  expect(sender.sent).toHaveLength(1);
});

it("[W5] neither a session nor an intent is made for another mode, or without one", () => {
  expect(() => brokerSession(senderOf("paper"), "live")).toThrow("the connection in paper mode");
  expect(() => orderIntent("live", requestOf("paper"))).toThrow("tdL-");
  const { clientOrderId: _none, ...nameless } = requestOf("live");
  expect(() => orderIntent("live", nameless)).toThrow("tdL-");
});
