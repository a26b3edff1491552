import { randomUUID } from "node:crypto";
import { accountId, clientOrderId, connectionId, orderId, price, quantity, userId } from "@trenddojo/brokers/domain";
import { accounts, connections, users, type AccountRow, type Db, type NewIntent } from "@trenddojo/db";
import { FIRST_PRICE } from "./FakeBooks.ts";

/** How long a ticket may be sent after its click. */
export const VALID_MS = 10_000;

/** A limit order to buy 100 shares; the same name is the same ticket. */
export function intentOf(account: AccountRow, name: string, now: number): NewIntent {
  const own = `${name}-${account.id}`;
  return {
    id: orderId(own),
    userId: account.userId,
    accountId: account.id,
    mode: account.mode,
    idempotencyKey: own,
    requestHash: "h",
    clientOrderId: clientOrderId(`tdP-${name}`),
    symbol: "AAPL",
    side: "buy",
    type: "limit",
    timeInForce: "gtc",
    extendedHours: false,
    reducesRisk: false,
    quantity: quantity("100"),
    price: price(FIRST_PRICE),
    stopPrice: null,
    referencePrice: null,
    validUntil: now + VALID_MS,
    createdAt: now,
    state: "INTENT",
    reason: null,
  };
}

/** A user of its own, with one account. */
export async function seedAccount(db: Db): Promise<AccountRow> {
  const name = randomUUID().slice(0, 13);
  const owner = { userId: userId(name), broker: "alpaca", mode: "paper", createdAt: 1 } as const;
  const connection = { ...owner, id: connectionId(`c-${name}`), label: "Fake", settings: {}, builtIn: false } as const;
  const account = {
    ...owner,
    id: accountId(`a-${name}`),
    connectionId: connection.id,
    venueAccountId: `F-${name}`,
    currency: "USD",
    removedAt: null,
  } as const;
  await db.transaction(async (tx) => {
    await users.insert(tx, { id: owner.userId, username: name, passwordHash: "x", role: "trader", createdAt: 1 });
    await connections.insert(tx, { ...connection, desired: "connected" });
    await accounts.insert(tx, account);
  });
  return account;
}
