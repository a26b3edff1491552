import {
  accountId,
  clientOrderId,
  connectionId,
  executionId,
  money,
  orderId,
  price,
  quantity,
  userId,
  type Mode,
  type UserId,
} from "@trenddojo/brokers/domain";
import type { Db } from "../Db.ts";
import * as accounts from "../repositories/accounts.ts";
import * as connections from "../repositories/connections.ts";
import type { FillRow } from "../repositories/fills.ts";
import * as orders from "../repositories/orders.ts";
import * as users from "../repositories/users.ts";

/** An instant with milliseconds that count. */
export const NOW = Date.UTC(2026, 10, 20, 15, 30, 0, 123);

/** Ids that no other test of the file uses. */
export function createIds(): (prefix: string) => string {
  let last = 0;
  return (prefix) => `${prefix}-${(last += 1)}`;
}

export const CLIENT_ID_PREFIX = { mock: "tdM-", paper: "tdP-", live: "tdL-" } as const satisfies Record<Mode, string>;

/** A trader called like the id. */
export async function seedUser(db: Db, id: string): Promise<users.UserRow> {
  const user = { id: userId(id), username: id, passwordHash: "$argon2id$x", role: "trader", createdAt: NOW } as const;
  return db.transaction((tx) => users.insert(tx, user));
}

/** A user with one connection and one account. */
export async function seedAccount(
  db: Db,
  ids: (prefix: string) => string,
  { mode = "paper", owner }: { readonly mode?: Mode; readonly owner?: UserId } = {},
): Promise<accounts.AccountRow> {
  const user = owner ?? (await seedUser(db, ids("user"))).id;
  const connection = {
    id: connectionId(ids("connection")),
    userId: user,
    broker: "paper",
    mode,
    label: "Paper",
    desired: "connected",
    settings: {},
    builtIn: false,
    createdAt: NOW,
  } as const;
  await connections.insert(db, connection);
  const account = {
    id: accountId(ids("account")),
    userId: user,
    connectionId: connection.id,
    broker: "paper",
    mode,
    venueAccountId: ids("PA"),
    currency: "USD",
    createdAt: NOW,
  } as const;
  await accounts.insert(db, account);
  return { ...account, removedAt: null };
}

/** A limit order for 100 AAPL, valid for ten seconds from NOW. */
export function newIntent(
  account: accounts.AccountRow,
  ids: (prefix: string) => string,
  changes: Partial<orders.NewIntent> = {},
): orders.NewIntent {
  const id = ids("order");
  return {
    id: orderId(id),
    userId: account.userId,
    accountId: account.id,
    mode: account.mode,
    clientOrderId: clientOrderId(`${CLIENT_ID_PREFIX[account.mode]}${id}`),
    idempotencyKey: `key-${id}`,
    requestHash: "hash",
    symbol: "AAPL",
    side: "buy",
    type: "limit",
    timeInForce: "day",
    extendedHours: false,
    reducesRisk: false,
    quantity: quantity("100"),
    price: price("187.5"),
    stopPrice: null,
    trailBy: null,
    trailValue: null,
    notional: null,
    expiresAt: null,
    orderClass: null,
    groupRole: null,
    leaderId: null,
    isHeld: false,
    why: null,
    referencePrice: price("187.48"),
    state: "INTENT",
    reason: null,
    validUntil: NOW + 10_000,
    createdAt: NOW,
    ...changes,
  };
}

export async function seedOrder(
  db: Db,
  account: accounts.AccountRow,
  ids: (prefix: string) => string,
  changes: Partial<orders.NewIntent> = {},
): Promise<orders.OrderRow> {
  return db.transaction((tx) => orders.insertIntent(tx, newIntent(account, ids, changes)));
}

/** What of an intent makes it the leader of a bracket, held by nobody. */
export const BRACKET_ENTRY = { orderClass: "bracket", groupRole: "entry" } as const;

/** The profit exit of a bracket, not stored yet. */
export function newLeg(
  leader: orders.OrderRow,
  account: accounts.AccountRow,
  ids: (prefix: string) => string,
  changes: Partial<orders.NewIntent> = {},
): orders.NewIntent {
  return newIntent(account, ids, {
    idempotencyKey: null,
    requestHash: null,
    side: "sell",
    orderClass: "bracket",
    groupRole: "take_profit",
    leaderId: leader.id,
    isHeld: true,
    ...changes,
  });
}

/** 40 shares at 187.51. */
export function newFill(
  order: orders.OrderRow,
  ids: (prefix: string) => string,
  changes: Partial<FillRow> = {},
): FillRow {
  return {
    id: ids("fill"),
    userId: order.userId,
    accountId: order.accountId,
    mode: order.mode,
    orderId: order.id,
    executionId: executionId(ids("execution")),
    symbol: order.symbol,
    side: order.side,
    quantity: quantity("40"),
    price: price("187.51"),
    fees: money("0.013"),
    filledAt: NOW + 500,
    recordedAt: NOW + 501,
    reason: "the ask of 187.51 met the limit",
    why: { rule: "PX30", text: "the ask of 187.51 met the limit", params: { price: "187.51" } },
    ...changes,
  };
}

/** The failure that `work` ends with, as the driver classifies it. */
export async function failureOf(work: PromiseLike<unknown>, classify: (error: unknown) => unknown): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return classify(error) ?? error;
  }
  throw new Error("it was expected to fail");
}
