import { createHash } from "node:crypto";
import { BrokerError, type BrokerClient } from "@trenddojo/brokers";
import { abs, formatFixed, parseFixed, type Fixed, type Position } from "@trenddojo/brokers/domain";
import { parseOrder, type OrderRule } from "@trenddojo/brokers/rules";
import { accounts, halts, orders, type AccountRow } from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { sleepQuietly } from "../../lib/sleepQuietly.ts";
import { withTimeout } from "../../lib/withTimeout.ts";
import { judgeOrder, readBrokerFacts } from "../../orders/judgeOrder.ts";
import { orderInputOf } from "../../orders/orderInputOf.ts";
import { orderRefusal } from "../../orders/orderRefusal.ts";
import { setTradingState } from "../../risk/setTradingState.ts";
import type { FlattenView, flattenInput } from "../../wire/halts.ts";
import { toDeskError } from "../../toDeskError.ts";
import { confirmPerson } from "../auth/confirmPerson.ts";
import { hostOfAccount, ownAccount } from "../owned.ts";
import { placeOrder } from "./placeOrder.ts";

/** An account whose positions or cancels take longer is told as refused. */
const ACCOUNT_MS = 10_000;
const LOOK_MS = 100;
/** Rules that speak of a closing order by itself: of the others the exits that are still there may be the cause. */
const REGARDLESS_OF_EXITS: ReadonlySet<string> = new Set<OrderRule>(["symbol_known", "market_open", "fresh_quote"]);

/**
 * Closes positions, one market order each by the ordinary way of orders: a step of its own after the kill switch, with
 * the password again. Only orders that reduce go from then on, and of those no limit on one order or on the pace holds a
 * market order back. What works in a position's symbol is canceled first, so that
 * no exit opens one; what cannot be closed is told with its reason, and the rest goes on. At a broker that has not confirmed
 * a halt nothing is closed: everything there is still being canceled, and would be canceled with it.
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
  await setTradingState(desk, actor, { to: "REDUCING", action: "trading.reducing", did, keepsHalt: true });
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
    await haltConfirmed(desk, account);
    const held = await readPositions(desk, client);
    const parts: FlattenView[] = [];
    for (const position of held) {
      const { symbol } = position;
      const closed = closePosition(desk, actor, { account, client, position, key });
      parts.push(await closed.catch((error: unknown) => refused(symbol, error)));
    }
    return { orders: parts.flatMap((part) => part.orders), refused: parts.flatMap((part) => part.refused) };
  } catch (error) {
    return refused("", error);
  }
}

/** Resolves when everything at the account's broker is canceled, where that was asked for. @throws DeskError OPEN_ORDERS */
async function haltConfirmed({ clock, db }: Desk, { userId, connectionId }: AccountRow): Promise<void> {
  const end = clock.monotonic() + ACCOUNT_MS;
  for (;;) {
    const halt = await halts.findCurrent(db, userId);
    const steps = halt === null ? [] : await halts.listSteps(db, halt.id);
    const step = steps.find((each) => each.connectionId === connectionId);
    if (step === undefined || step.state === "confirmed") return;
    if (clock.monotonic() > end) break;
    await clock.sleep(LOOK_MS);
  }
  const message = "The broker has not confirmed that everything is canceled: nothing is closed there. It is asked on.";
  throw new DeskError("OPEN_ORDERS", message, { retryAfterSeconds: 30 });
}

interface Closing {
  readonly account: AccountRow;
  readonly client: BrokerClient;
  readonly position: Position;
  /** Of the whole step. */
  readonly key: string;
}

async function closePosition(
  desk: Desk,
  actor: Actor,
  { account, client, position, key }: Closing,
): Promise<FlattenView> {
  const { symbol } = position;
  const { idempotencyKey, known } = await firstFreeKey(desk, actor, [key, account.id, symbol]);
  if (known !== null) return { orders: [{ accountId: account.id, symbol, orderId: known.id }], refused: [] };
  // First: an exit that is canceled for nothing leaves the position without it.
  await refuseForGood(desk, account, client, position);
  await cancelSymbol(desk, client, symbol);
  // What was being canceled may have been filled first.
  const left = (await readPositions(desk, client)).find((each) => each.symbol === symbol);
  const quantity = left === undefined ? 0n : parseFixed(left.quantity);
  if (quantity === 0n) return { orders: [], refused: [] };
  const order = closingOrder(symbol, quantity);
  const input = { accountId: account.id, idempotencyKey, acknowledgesUnknown: false, order };
  const { id: orderId } = await placeOrder(desk, actor, input, { onlyReduces: true });
  return { orders: [{ accountId: account.id, symbol, orderId }], refused: [] };
}

function closingOrder(symbol: string, held: Fixed) {
  return {
    type: "market",
    symbol,
    side: held > 0n ? "sell" : "buy",
    quantity: formatFixed(abs(held)),
    timeInForce: "day",
    extendedHours: false,
    orderClass: "simple",
  } as const;
}

/** What refuses a closing order whatever works beside it. @throws DeskError with all of that; BrokerError */
async function refuseForGood(
  desk: Desk,
  account: AccountRow,
  client: BrokerClient,
  { symbol, quantity }: Position,
): Promise<void> {
  const held = parseFixed(quantity);
  if (held === 0n) return;
  const parsed = parseOrder(orderInputOf(closingOrder(symbol, held)));
  if (!parsed.ok) throw orderRefusal(parsed.issues);
  const facts = await readBrokerFacts(desk.clock, client, parsed.order.symbol);
  const { issues } = await judgeOrder(desk.db, account, parsed.order, client, facts, { now: desk.clock.now() });
  const lasting = issues.filter(({ rule }) => REGARDLESS_OF_EXITS.has(rule));
  if (lasting.length > 0) throw orderRefusal(lasting);
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

/** The same step closes the same position once; what was denied of it may be tried again, as another order. */
async function firstFreeKey(
  desk: Desk,
  { user }: Actor,
  parts: readonly [key: string, accountId: string, symbol: string],
) {
  for (let denied = 0; ; denied += 1) {
    const idempotencyKey = keyOf(denied === 0 ? parts : [...parts, denied]);
    const known = await orders.findByIdempotencyKey(desk.db, user.id, idempotencyKey);
    if (known?.state !== "DENIED") return { idempotencyKey, known };
  }
}

/** A UUIDv8 (RFC 9562 5.8) of all of them. */
function keyOf(parts: readonly (string | number)[]): string {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `8${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join("-");
}
