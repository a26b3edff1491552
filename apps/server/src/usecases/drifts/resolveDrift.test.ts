import { BrokerError, SystemClock } from "@trenddojo/brokers";
import { expect, it } from "vitest";
import { createManualDesk } from "../../testing/createManualDesk.ts";
import { faultyRegistry, type Faults } from "../../testing/faultyRegistry.ts";
import { until } from "../../testing/until.ts";

it("[SV530] an order whose outcome nobody can prove ends by a person's word", async () => {
  const faults: Faults = {};
  await using desk = await createManualDesk({ wrapRegistry: faultyRegistry(faults) });
  const { api, accountId, connectionId } = desk;
  faults.placeOrder = () => () =>
    Promise.reject(new BrokerError("no answer within 10 s", "TIMEOUT", "Paper", { outcome: "unknown" }));
  // That the broker does not name it proves nothing.
  faults.getConnectionStatus = (client) => () => {
    const status = client.getConnectionStatus();
    const orders = { state: "mute", lastEvidenceAt: new SystemClock().now() - 60_000 } as const;
    return { ...status, channels: { ...status.channels, orders } };
  };
  const { id } = await desk.place({ type: "limit", symbol: "AAPL", side: "buy", quantity: "10", price: "98.00" });
  const open = await until("its difference", async () => {
    await api.brokers.reconcile.mutate({ connectionId });
    const { drifts } = await api.drifts.list.query({ accountId, filter: "open" });
    return drifts.find(({ kind, subject }) => kind === "unknown_order" && subject === id);
  });
  expect((await desk.detail(id)).order.state).toBe("UNKNOWN");
  await api.drifts.resolve.mutate({ driftId: open.id, note: "the broker was called: it never had it" });
  const { order, events } = await desk.detail(id);
  expect(order.state).toBe("NOT_PLACED");
  expect(events.at(-1)?.message).toBe("Never placed, by the word of Ada: the broker was called: it never had it");
  const { entries } = await api.audit.list.query({ search: "order.not_placed" });
  expect(entries.map(({ subject }) => subject)).toEqual([id]);
});
