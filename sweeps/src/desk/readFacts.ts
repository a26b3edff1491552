import { ORDER_STATES } from "@trenddojo/brokers/domain";
import { audit, fills, orderEvents, orders, type Db, type Tx } from "@trenddojo/db";
import type { DeskFacts } from "./DeskFacts.ts";

const ROWS = 10_000;

/** All that the desk has written of its orders, as of one moment. */
export function readFacts(db: Db): Promise<DeskFacts> {
  return db.transaction((tx) => read(tx), { isolationLevel: "repeatable read" });
}

async function read(db: Tx): Promise<DeskFacts> {
  const rows = await orders.listByState(db, ORDER_STATES);
  const found: DeskFacts["orders"][number][] = [];
  for (const row of rows) {
    const events = await orderEvents.listByOrder(db, row.id);
    const executions = await fills.listByOrder(db, row.id);
    found.push({
      id: row.id,
      accountId: row.accountId,
      key: row.idempotencyKey,
      origin: row.origin,
      clientOrderId: row.clientOrderId,
      venueOrderId: row.venueOrderId,
      symbol: row.symbol,
      side: row.side,
      price: row.price,
      state: row.state,
      filledQuantity: row.filledQuantity,
      attempt: row.attempt,
      validUntil: row.validUntil,
      claimedAt: row.claimedAt,
      told: events.map(({ payload }) => stateOf(payload)),
      messages: events.map(({ payload }) => String(Object(payload).message)),
      audited: [],
      fills: executions.map(({ executionId, quantity }) => ({ executionId, quantity })),
    });
  }
  const [first] = rows;
  const chains = await audit.chains(db);
  const { entries } =
    first === undefined ? { entries: [] } : await audit.page(db, { userId: first.userId, chains, limit: ROWS });
  const byOrder = new Map(found.map((order) => [order.id, order.audited]));
  for (const { subject, action, details } of entries.toReversed()) {
    if (action.startsWith("order.")) byOrder.get(subject ?? "")?.push({ action, state: String(details["state"]) });
  }
  const broken: string[] = [];
  for (const chain of chains) if (!(await audit.verify(db, chain)).ok) broken.push(chain);
  return { orders: found, brokenChains: broken };
}

function stateOf(payload: unknown): string {
  return String(Object(Object(payload).order).state);
}
