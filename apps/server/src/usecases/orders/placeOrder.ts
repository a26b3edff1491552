import {
  orderId as toOrderId,
  price as toPrice,
  quantity as toQuantity,
  type OrderIssue,
} from "@trenddojo/brokers/domain";
import { farSide, parseOrder, type ParsedOrder } from "@trenddojo/brokers/rules";
import { accounts, isUniqueViolation, orders, type AccountRow, type OrderRow } from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { ConnectionHost } from "../../connections/ConnectionHost.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError, notFound } from "../../DeskError.ts";
import { judgeOrder, readBrokerFacts } from "../../orders/judgeOrder.ts";
import { orderRefusal, refusalReason, repeatedRefusal } from "../../orders/orderRefusal.ts";
import { orderView } from "../../orders/orderView.ts";
import { requestHash } from "../../orders/requestHash.ts";
import { waitForOrder } from "../../orders/waitForOrder.ts";
import type { OrderView, placeOrderInput } from "../../wire/orders.ts";
import { hostOfAccount, ownAccount } from "../owned.ts";

type Input = z.infer<typeof placeOrderInput>;

/** An intent that its owner has not claimed by then is never sent. */
const VALID_MS = 10_000;

/**
 * Places one order, once for its key, however often it is asked: the rules and the intent are one commit (TX1), then
 * the connection's owner is woken, claims it and sends it. Answers the order as it stands once the broker has answered,
 * at most 2 s later; the event stream tells the rest.
 * @throws DeskError NOT_FOUND, NOT_CONNECTED, IDEMPOTENCY_KEY_REUSED, INVALID_ORDER and the code of any rule that denies
 * it (the denied order is stored with its reason)
 */
export async function placeOrder(desk: Desk, actor: Actor, input: Input): Promise<OrderView> {
  const account = await ownAccount(desk, actor, input.accountId);
  const hash = requestHash(input);
  const known = await orders.findByIdempotencyKey(desk.db, actor.user.id, input.idempotencyKey);
  const { row, issues } =
    known === null ? await placeNew(desk, actor, account, input, hash) : { row: known, issues: [] };
  assertSameRequest(row, hash);
  if (issues.length > 0) throw orderRefusal(issues);
  if (row.state === "DENIED") throw repeatedRefusal(row.reason);
  return orderView(await waitForOrder(desk, actor.user.id, row.id, isAnswered));
}

interface Placed {
  readonly row: OrderRow;
  /** Why it was denied just now; an order of an earlier call has its reason stored. */
  readonly issues: readonly OrderIssue[];
}

async function placeNew(desk: Desk, actor: Actor, account: AccountRow, input: Input, hash: string): Promise<Placed> {
  const host = await hostOfAccount(desk, actor, account);
  host.requireReady();
  const order = await parse(desk, actor, account, input);
  // In the account's queue: neither a fill nor another order can come between the facts and the verdict.
  const placed = await host.updates.run(() => recordIntent(desk, actor, { host, account, order, input, hash }));
  host.wake();
  desk.journal.announce(actor.user.id);
  return placed;
}

interface Placing {
  readonly host: ConnectionHost;
  readonly account: AccountRow;
  readonly order: ParsedOrder;
  readonly input: Input;
  readonly hash: string;
}

/** TX1: the order and its audit row, INTENT or DENIED, in one commit. */
async function recordIntent(desk: Desk, actor: Actor, { host, account, order, input, hash }: Placing): Promise<Placed> {
  const repeated = await orders.findByIdempotencyKey(desk.db, actor.user.id, input.idempotencyKey);
  if (repeated !== null) return { row: repeated, issues: [] };
  const client = host.requireReady();
  const facts = await readBrokerFacts(desk.clock, client, order.symbol);
  try {
    return await desk.db.transaction(async (tx) => {
      if ((await accounts.lock(tx, account.id)) === null) throw notFound("account");
      const now = desk.clock.now();
      const { issues, reducesRisk } = await judgeOrder(tx, account, order, client, facts, { now });
      const isDenied = issues.length > 0;
      const reference = farSide(order.side, facts.quote);
      const row = await orders.insertIntent(tx, {
        ...storedTerms(order),
        id: toOrderId(desk.ids.uuid()),
        userId: actor.user.id,
        accountId: account.id,
        mode: account.mode,
        idempotencyKey: input.idempotencyKey,
        requestHash: hash,
        reducesRisk,
        referencePrice: reference === null ? null : toPrice(reference),
        validUntil: now + VALID_MS,
        createdAt: now,
        state: isDenied ? "DENIED" : "INTENT",
        reason: isDenied ? refusalReason(issues) : null,
      });
      await desk.journal.tell(tx, row, {
        type: "created",
        message: isDenied ? `Denied: ${refusalReason(issues).message}` : "Accepted by the desk",
        action: isDenied ? "order.denied" : "order.placed",
        userId: actor.user.id,
        details: isDenied ? { issues } : {},
      });
      return { row, issues };
    });
  } catch (error) {
    // The same key through another account's queue was quicker.
    if (!isUniqueViolation(error, "orders_idempotency_key_unique")) throw error;
    const first = await orders.findByIdempotencyKey(desk.db, actor.user.id, input.idempotencyKey);
    if (first === null) throw error;
    return { row: first, issues: [] };
  }
}

/** What is not well formed cannot be stored as an order; the audit log keeps it. @throws DeskError INVALID_ORDER */
async function parse(desk: Desk, actor: Actor, account: AccountRow, input: Input): Promise<ParsedOrder> {
  const parsed = parseOrder(input.order, desk.ids.clientOrderId(account.mode));
  if (parsed.ok) return parsed.order;
  const refusal = orderRefusal(parsed.issues);
  await desk.db.transaction((tx) =>
    desk.audit.append(tx, {
      chain: chains.account(account.id),
      userId: actor.user.id,
      action: "order.malformed",
      subject: account.id,
      mode: account.mode,
      message: `An order of ${actor.user.username} was refused: ${refusal.message}`,
      details: { order: input.order, issues: parsed.issues },
    }),
  );
  throw refusal;
}

function storedTerms(order: ParsedOrder) {
  const { clientOrderId, symbol, side, type, timeInForce, extendedHours } = order;
  return {
    clientOrderId,
    symbol,
    side,
    type,
    timeInForce,
    extendedHours,
    quantity: toQuantity(order.quantity),
    price: order.price === null ? null : toPrice(order.price),
    stopPrice: order.stopPrice === null ? null : toPrice(order.stopPrice),
  };
}

/** @throws DeskError IDEMPOTENCY_KEY_REUSED */
function assertSameRequest(row: OrderRow, hash: string): void {
  if (row.requestHash === hash) return;
  throw new DeskError(
    "IDEMPOTENCY_KEY_REUSED",
    `This ticket has placed another order already: ${row.side} ${row.quantity} ${row.symbol}, now ${row.state}.`,
  );
}

function isAnswered(row: OrderRow): boolean {
  return row.state !== "INTENT" && row.state !== "SENDING";
}
