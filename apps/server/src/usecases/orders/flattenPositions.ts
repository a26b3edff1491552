import { createHash } from "node:crypto";
import { BrokerError, type BrokerClient } from "@trenddojo/brokers";
import { abs, formatFixed, parseFixed, type Position } from "@trenddojo/brokers/domain";
import { accounts, orders, type AccountRow } from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { sleepQuietly } from "../../lib/sleepQuietly.ts";
import { withTimeout } from "../../lib/withTimeout.ts";
import { setTradingState } from "../../risk/setTradingState.ts";
import type { FlattenView, flattenInput } from "../../wire/halts.ts";
import { toDeskError } from "../../toDeskError.ts";
import { confirmPerson } from "../auth/confirmPerson.ts";
import { hostOfAccount, ownAccount } from "../owned.ts";
import { placeOrder } from "./placeOrder.ts";

/** An account whose positions or cancels take longer is told as refused. */
const ACCOUNT_MS = 10_000;
const LOOK_MS = 100;

/**
 * Closes positions, one market order each by the ordinary way of orders: a step of its own after the kill switch, with
 * the password again. Only orders that reduce go from then on. What works in a position's symbol is canceled first, so that
 * no exit opens one; what cannot be closed is told with its reason, and the rest goes on.
 * @throws DeskError STEP_UP_REQUIRED, BAD_CREDENTIALS, TOO_MANY_REQUESTS, NOT_FOUND
 */
export async function flattenPositions(
  desk: Desk,
  actor: Actor,
  input: z.infer<typeof flattenInput>,
  address: string,
): Promise<FlattenView> {
  const { accountId, idempotencyKey, password } = input;
  const chosen =
    accountId === undefined
      ? await accounts.listByUser(desk.db, actor.user.id)
      : [await ownAccount(desk, actor, accountId)];
  await confirmPerson(desk, actor, { password, address });
  await tellFlatten(desk, actor, chosen);
  const did = "lets only orders go that reduce a position, to close them";
  await setTradingState(desk, actor, { to: "REDUCING", action: "trading.reducing", did });
  const parts = await Promise.all(chosen.map((account) => flattenAccount(desk, actor, account, idempotencyKey)));
  return { orders: parts.flatMap((part) => part.orders), refused: parts.flatMap((part) => part.refused) };
}

function tellFlatten(desk: Desk, { user }: Actor, chosen: readonly AccountRow[]): Promise<void> {
  return desk.db.transaction((tx) =>
    desk.audit.append(tx, {
      chain: chains.user(user.id),
      userId: user.id,
      action: "trading.flatten",
      subject: user.id,
      mode: null,
      message: `${user.username} closes all positions of ${chosen.length} accounts`,
      details: { accounts: chosen.map(({ id }) => id) },
    }),
  );
}

async function flattenAccount(desk: Desk, actor: Actor, account: AccountRow, key: string): Promise<FlattenView> {
  const refused = (symbol: string, error: unknown): FlattenView => {
    const { code, message } = toDeskError(error);
    return { orders: [], refused: [{ accountId: account.id, symbol, code, message }] };
  };
  try {
    const client = (await hostOfAccount(desk, actor, account)).requireConnected();
    const held = await readPositions(desk, client);
    const parts: FlattenView[] = [];
    for (const position of held) {
      const { symbol } = position;
      const closed = closePosition(desk, actor, { account, client, symbol, key });
      parts.push(await closed.catch((error: unknown) => refused(symbol, error)));
    }
    return { orders: parts.flatMap((part) => part.orders), refused: parts.flatMap((part) => part.refused) };
  } catch (error) {
    return refused("", error);
  }
}

interface Closing {
  readonly account: AccountRow;
  readonly client: BrokerClient;
  readonly symbol: Position["symbol"];
  /** Of the whole step. */
  readonly key: string;
}

async function closePosition(
  desk: Desk,
  actor: Actor,
  { account, client, symbol, key }: Closing,
): Promise<FlattenView> {
  const idempotencyKey = keyOf(key, account.id, symbol);
  const known = await orders.findByIdempotencyKey(desk.db, actor.user.id, idempotencyKey);
  if (known !== null && known.state !== "DENIED") {
    return { orders: [{ accountId: account.id, symbol, orderId: known.id }], refused: [] };
  }
  await cancelSymbol(desk, client, symbol);
  // What was being canceled may have been filled first.
  const left = (await readPositions(desk, client)).find((each) => each.symbol === symbol);
  const quantity = left === undefined ? 0n : parseFixed(left.quantity);
  if (quantity === 0n) return { orders: [], refused: [] };
  const { id: orderId } = await placeOrder(desk, actor, {
    accountId: account.id,
    idempotencyKey,
    acknowledgesUnknown: false,
    order: {
      type: "market",
      symbol,
      side: quantity > 0n ? "sell" : "buy",
      quantity: formatFixed(abs(quantity)),
      timeInForce: "day",
      extendedHours: false,
      orderClass: "simple",
    },
  });
  return { orders: [{ accountId: account.id, symbol, orderId }], refused: [] };
}

function readPositions({ clock }: Desk, client: BrokerClient): Promise<readonly Position[]> {
  return withTimeout(clock, ACCOUNT_MS, (signal) => client.getPositions({ signal }));
}

/** Whoever placed them. Resolves when the broker names none any more. @throws DeskError OPEN_ORDERS; BrokerError */
async function cancelSymbol({ clock }: Desk, client: BrokerClient, symbol: string): Promise<void> {
  let remaining = 0;
  await withTimeout(clock, ACCOUNT_MS, async (signal) => {
    do {
      const open = (await client.getOpenOrders({ signal })).filter((order) => order.symbol === symbol);
      remaining = open.length;
      for (const { orderId } of open) await unlessOver(client.cancelOrder(orderId, { signal }));
    } while (remaining > 0 && (await sleepQuietly(clock, LOOK_MS, signal)));
  });
  if (remaining === 0) return;
  throw new DeskError("OPEN_ORDERS", `${remaining} orders in ${symbol} are still being canceled: nothing was placed.`, {
    retryAfterSeconds: 5,
  });
}

async function unlessOver(cancel: Promise<boolean>): Promise<void> {
  try {
    await cancel;
  } catch (error) {
    if (error instanceof BrokerError && (error.code === "ORDER_CLOSED" || error.code === "ORDER_NOT_FOUND")) return;
    throw error;
  }
}

/** The same step closes the same position once: a UUIDv8 (RFC 9562 5.8) of all three. */
function keyOf(key: string, accountId: string, symbol: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([key, accountId, symbol]))
    .digest("hex");
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join("-");
}
