import { BrokerError } from "@trenddojo/brokers";
import { orderId as toOrderId, price as toPrice, type OrderIssue } from "@trenddojo/brokers/domain";
import { farSide, orderIssue, parseOrder, type ParsedOrder } from "@trenddojo/brokers/rules";
import { accounts, isUniqueViolation, orders, type AccountRow, type OrderRow } from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { ConnectionHost } from "../../connections/ConnectionHost.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError, notFound } from "../../DeskError.ts";
import { judgeOrder, readBrokerFacts } from "../../orders/judgeOrder.ts";
import { newIntents } from "../../orders/newIntents.ts";
import { orderInputOf } from "../../orders/orderInputOf.ts";
import { orderRefusal, refusalReason, refusalWhy, repeatedRefusal } from "../../orders/orderRefusal.ts";
import { orderView } from "../../orders/orderView.ts";
import { requestHash } from "../../orders/requestHash.ts";
import { sharesOf } from "../../orders/sharesOf.ts";
import { waitForOrder } from "../../orders/waitForOrder.ts";
import type { OrderView, placeOrderInput } from "../../wire/orders.ts";
import { hostOfAccount, ownOpenAccount } from "../owned.ts";

type Input = z.infer<typeof placeOrderInput>;

/** From the moment it was asked for; an intent that its owner has not claimed by then is never sent. */
const VALID_MS = 10_000;

interface PlaceOptions {
  /** It is denied where it could open or enlarge a position, also if all orders may go again by then. @default false */
  readonly onlyReduces?: boolean;
}

/**
 * Places one order, once for its key, however often it is asked: the rules and the intent are one commit (TX1), then
 * the connection's owner is woken, claims it and sends it. Answers the order as it stands once the broker has answered,
 * at most 2 s later; the event stream tells the rest.
 * @throws DeskError NOT_FOUND, NOT_CONNECTED, IDEMPOTENCY_KEY_REUSED, PREVIEW_OUTDATED, INVALID_ORDER, TIMEOUT and the code of any rule
 * that denies it (the denied order is stored with its reason)
 */
export async function placeOrder(
  desk: Desk,
  actor: Actor,
  input: Input,
  { onlyReduces = false }: PlaceOptions = {},
): Promise<OrderView> {
  const askedAt = desk.clock.now();
  const { account, host } = await ownOpenAccount(desk, actor, input.accountId);
  const hash = requestHash(input);
  const asked = { input, hash, askedAt, account, host, onlyReduces };
  // One after another for each key: no call is told of a refusal while an earlier one may still be placed.
  const place = (isAlone: boolean) => placeOnce(desk, actor, asked, isAlone);
  const { row, issues, isNew } = await desk.placings.run(`${actor.user.id}/${input.idempotencyKey}`, place);
  assertSameRequest(row, hash);
  if (issues.length > 0) throw orderRefusal(issues);
  if (row.state === "DENIED") throw repeatedRefusal(row.reason);
  const answered = await waitForOrder(desk, { userId: actor.user.id, orderId: row.id, isOver: isAnswered, isNew });
  desk.failPoint("C4");
  return orderView(answered);
}

interface Asked {
  readonly input: Input;
  readonly hash: string;
  /** Epoch milliseconds. */
  readonly askedAt: number;
  readonly account: AccountRow;
  /** Null where the account's connection is not open. */
  readonly host: ConnectionHost | null;
  readonly onlyReduces: boolean;
}

interface Placed {
  readonly row: OrderRow;
  /** Why it was denied just now; an order of an earlier call has its reason stored. */
  readonly issues: readonly OrderIssue[];
  /** It was stored by this call, not by an earlier one. */
  readonly isNew: boolean;
}

/**
 * A key that is known has its order, whatever else is wrong by now: each refusal looks for it first, and so does TX1, which
 * is all that one which is likely new needs.
 */
async function placeOnce(desk: Desk, actor: Actor, asked: Asked, isLikelyNew: boolean): Promise<Placed> {
  const { input, hash, account, host } = asked;
  const parsed = parseOrder(orderInputOf(input.order), desk.ids.clientOrderId(account.mode));
  const preview = checkPreview(desk, actor, input, hash);
  const isReady = host !== null && host.readyClient() !== null;
  if (!isLikelyNew || !isReady || !parsed.ok || preview !== "good") {
    const known = await findKnown(desk, actor, input);
    if (known !== null) return known;
  }
  if (preview !== "good") throw await refusePreview(desk, actor, asked, preview);
  const open = host ?? (await hostOfAccount(desk, actor, account));
  open.requireReady();
  if (!parsed.ok) throw await refuseMalformed(desk, actor, asked, parsed.issues);
  desk.failPoint("C1");
  try {
    return await placeNew(desk, actor, { ...asked, host: open, order: parsed.order });
  } catch (error) {
    // Refused by what came up since or, the same key through another account's queue, stored there first.
    const isRefusal = error instanceof DeskError || error instanceof BrokerError;
    if (!isRefusal && !isUniqueViolation(error, "orders_idempotency_key_unique")) throw error;
    const known = await findKnown(desk, actor, input);
    if (known === null) throw error;
    return known;
  }
}

async function findKnown(desk: Desk, actor: Actor, { idempotencyKey }: Input): Promise<Placed | null> {
  const row = await orders.findByIdempotencyKey(desk.db, actor.user.id, idempotencyKey);
  return row === null ? null : { row, issues: [], isNew: false };
}

interface Placing extends Asked {
  readonly host: ConnectionHost;
  readonly order: ParsedOrder;
}

async function placeNew(desk: Desk, actor: Actor, placing: Placing): Promise<Placed> {
  const { host } = placing;
  // In the account's queue: neither a fill nor another order can come between the facts and the verdict.
  const placed = await host.updates.run(() => recordIntent(desk, actor, placing));
  desk.failPoint("C3");
  host.wake(placed.row.id);
  desk.journal.announce(actor.user.id);
  return placed;
}

/** TX1: the order, with the legs of its group, and the audit rows, INTENT or DENIED, in one commit. */
async function recordIntent(desk: Desk, actor: Actor, placing: Placing): Promise<Placed> {
  const { host, account, order, input, hash, askedAt, onlyReduces } = placing;
  const client = host.requireReady();
  const isLate = () => desk.clock.now() - askedAt >= VALID_MS;
  // Before the broker is asked, too: what waited in vain keeps none behind it waiting.
  if (isLate()) return refuseLate(desk, actor, placing);
  const facts = await readBrokerFacts(desk.clock, client, order.symbol);
  if (isLate()) return refuseLate(desk, actor, placing);
  return desk.journal.commit(account.id, async ({ tx, tell }) => {
    const now = desk.clock.now();
    // Sent together, and the lock first: what follows it is read under it.
    const [locked, known, { issues: judged, reducesRisk }] = await Promise.all([
      accounts.lock(tx, account.id),
      orders.findByIdempotencyKey(tx, actor.user.id, input.idempotencyKey),
      judgeOrder(tx, account, order, client, facts, { now, acknowledgesUnknown: input.acknowledgesUnknown }),
    ]);
    if (locked === null) throw notFound("account");
    if (known !== null) return { row: known, issues: [], isNew: false };
    const enlarges = onlyReduces && !reducesRisk && judged.every(({ rule }) => rule !== "reducing_only");
    const issues = [...desk.live.issuesOf(actor, account), ...(enlarges ? [enlargesOne(order)] : []), ...judged];
    const isDenied = issues.length > 0;
    if (!isDenied) desk.live.touch(account);
    const reference = farSide(order.side, facts.quote);
    const [leader, ...legs] = newIntents({
      order,
      idempotencyKey: input.idempotencyKey,
      requestHash: hash,
      shares: sharesOf(order, facts.quote),
      newId: () => toOrderId(desk.ids.uuid()),
      common: {
        userId: actor.user.id,
        accountId: account.id,
        mode: account.mode,
        reducesRisk,
        referencePrice: reference === null ? null : toPrice(reference),
        validUntil: askedAt + VALID_MS,
        createdAt: now,
        state: isDenied ? "DENIED" : "INTENT",
        reason: isDenied ? refusalReason(issues) : null,
        why: refusalWhy(issues),
      },
    });
    const row = await orders.insertIntent(tx, leader);
    const group = [row];
    for (const leg of legs) group.push(await orders.insertIntent(tx, leg));
    for (const each of group) {
      tell(each, {
        type: "created",
        message: isDenied ? `Denied: ${refusalReason(issues).message}` : "Accepted by the desk",
        action: isDenied ? "order.denied" : "order.placed",
        userId: actor.user.id,
        details: isDenied ? { issues } : {},
      });
    }
    desk.failPoint("C2");
    return { row, issues, isNew: true };
  });
}

function enlargesOne({ symbol }: ParsedOrder): OrderIssue {
  const detail = `more of ${symbol} would be closed than is held by now; look at the position and close it again`;
  return orderIssue("reducing_only", detail, { symbol });
}

/** What is not well formed cannot be stored as an order; the audit log keeps it. @returns DeskError INVALID_ORDER */
async function refuseMalformed(
  desk: Desk,
  actor: Actor,
  { account, input }: Asked,
  issues: readonly OrderIssue[],
): Promise<DeskError> {
  const refusal = orderRefusal(issues);
  await tellRefusal(desk, actor, account, {
    action: "order.malformed",
    why: refusal.message,
    details: { order: input.order, issues },
  });
  return refusal;
}

function checkPreview(desk: Desk, actor: Actor, { previewToken }: Input, hash: string): "good" | "old" | "other" {
  return previewToken === undefined ? "good" : desk.previews.check(previewToken, actor.user.id, hash);
}

/** Before anything else is judged, and with nothing stored but the audit row. @returns DeskError PREVIEW_OUTDATED */
async function refusePreview(
  desk: Desk,
  actor: Actor,
  { account, input }: Asked,
  verdict: "old" | "other",
): Promise<DeskError> {
  const message =
    verdict === "old"
      ? "The preview of this order is more than 60 s old: nothing was placed."
      : "The preview is not one of this order: nothing was placed.";
  const details = { order: input.order, verdict };
  await tellRefusal(desk, actor, account, { action: "order.preview_outdated", why: message, details });
  return new DeskError("PREVIEW_OUTDATED", message);
}

/** What waited longer than it is valid was meant for another market: nothing is stored but the audit row. @throws DeskError TIMEOUT */
async function refuseLate(desk: Desk, actor: Actor, { account, input, askedAt }: Placing): Promise<Placed> {
  const known = await findKnown(desk, actor, input);
  if (known !== null) return known;
  const waitedMs = desk.clock.now() - askedAt;
  const message = `The order waited ${(waitedMs / 1_000).toFixed(1)} s and is valid for ${VALID_MS / 1_000} s: nothing was placed. Place it again if it is still wanted.`;
  const details = { order: input.order, waitedMs };
  await tellRefusal(desk, actor, account, { action: "order.too_late", why: message, details });
  throw new DeskError("TIMEOUT", message);
}

interface Refused {
  readonly action: string;
  readonly why: string;
  readonly details: Readonly<Record<string, unknown>>;
}

async function tellRefusal(
  desk: Desk,
  { user }: Actor,
  { id, mode }: AccountRow,
  { action, why, details }: Refused,
): Promise<void> {
  await desk.db.transaction((tx) =>
    desk.audit.append(tx, {
      chain: chains.account(id),
      userId: user.id,
      action,
      subject: id,
      mode,
      message: `An order of ${user.username} was refused${action === "order.malformed" ? ": " : ". "}${why}`,
      details,
    }),
  );
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
