import { orderId, userId } from "@trenddojo/brokers/domain";
import { expect, it } from "vitest";
import { orderEventView } from "./OrderEventLog.ts";

const AT = "2026-11-20T15:00:00.000Z";

it("[SV36] an event that was written before revisions were counted is the oldest", () => {
  const order = {
    id: "o1",
    accountId: "a1",
    mode: "paper",
    clientOrderId: "tdP-o1",
    venueOrderId: null,
    symbol: "AAPL",
    side: "buy",
    type: "market",
    timeInForce: "day",
    extendedHours: false,
    quantity: "1",
    filledQuantity: "0",
    averageFillPrice: null,
    price: null,
    stopPrice: null,
    state: "INTENT",
    reason: null,
    createdAt: AT,
    sentAt: null,
    acknowledgedAt: null,
    updatedAt: AT,
  };
  const row = { userId: userId("ada"), orderId: orderId("o1"), at: Date.parse(AT) };
  const tell = (more: object) =>
    orderEventView({
      ...row,
      sequence: 7,
      payload: { type: "created", at: AT, order: { ...order, ...more }, fill: null, message: "Accepted by the desk" },
    });
  expect(tell({}).order).toMatchObject({
    revision: 0,
    trail: null,
    notional: null,
    expiresAt: null,
    group: null,
    isHeld: false,
  });
  expect(tell({ revision: 3 })).toMatchObject({ sequence: 7, order: { revision: 3 } });
});
