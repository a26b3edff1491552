import { BrokerError, type BrokerClient } from "@trenddojo/brokers";
import type { OrderIssue, OrderPreview } from "@trenddojo/brokers/domain";
import { parseOrder, toValidationResult, type ParsedOrder } from "@trenddojo/brokers/rules";
import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { aboutDollars, judgeOrder, readBrokerFacts } from "../../orders/judgeOrder.ts";
import { orderInputOf } from "../../orders/orderInputOf.ts";
import { wireIssue } from "../../orders/orderRefusal.ts";
import { requestHash } from "../../orders/requestHash.ts";
import { toOrderRequest } from "../../orders/toOrderRequest.ts";
import { isoInstant, isoInstantOrNull } from "../../wire/encode.ts";
import type { previewInput, PreviewView } from "../../wire/orders.ts";
import { hostOfAccount, ownAccount } from "../owned.ts";

const NOTHING: OrderPreview = {
  referencePrice: null,
  notional: null,
  estimatedFees: null,
  margin: null,
  buyingPowerAfter: null,
  quotedAt: null,
};

/**
 * Every rule's verdict, the desk's and the broker's, and what the order would do to the account, with a token that binds an
 * order to it. Nothing is stored.
 * @throws DeskError NOT_FOUND, NOT_CONNECTED
 */
export async function previewOrder(
  desk: Desk,
  actor: Actor,
  input: z.infer<typeof previewInput>,
): Promise<PreviewView> {
  const account = await ownAccount(desk, actor, input.accountId);
  const client = (await hostOfAccount(desk, actor, account)).requireConnected();
  const parsed = parseOrder(orderInputOf(input.order));
  const { token, validUntil } = desk.previews.issue(actor.user.id, requestHash(input));
  const bound = { token, validUntil: isoInstant(validUntil) };
  if (!parsed.ok) return { ...view(parsed.issues, NOTHING, null), ...bound };
  const facts = await readBrokerFacts(desk.clock, client, parsed.order.symbol);
  const judged = await judgeOrder(desk.db, account, parsed.order, client, facts, {
    now: desk.clock.now(),
    acknowledgesUnknown: input.acknowledgesUnknown,
  });
  const issues = [...desk.live.issuesOf(actor, account), ...judged.issues];
  const objections = await brokerIssues(client, parsed.order, issues);
  const { buyingPower } = await client.getBalances();
  const preview = await unlessRefused(NOTHING, () => client.previewOrder(toOrderRequest(parsed.order)));
  return { ...view([...issues, ...objections], preview, buyingPower), ...bound };
}

/** What the broker would refuse the order for, but for what the desk's rules have said already. */
async function brokerIssues(
  client: BrokerClient,
  order: ParsedOrder,
  said: readonly OrderIssue[],
): Promise<readonly OrderIssue[]> {
  const told = await unlessRefused([], async () => (await client.validateOrder(toOrderRequest(order))).issues);
  const news = told.filter(({ rule }) => said.every((issue) => issue.rule !== rule));
  return order.notional === undefined ? news : news.map(aboutDollars);
}

/** What cannot be answered, such as a question about an unknown symbol, is among the desk's own issues. */
async function unlessRefused<Answer>(fallback: Answer, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof BrokerError && error.outcome === "refused") return fallback;
    throw error;
  }
}

function view(
  issues: readonly OrderIssue[],
  preview: OrderPreview,
  buyingPower: string | null,
): Omit<PreviewView, "token" | "validUntil"> {
  const { referencePrice, notional, estimatedFees, margin, buyingPowerAfter, quotedAt } = preview;
  return {
    isValid: toValidationResult(issues).isValid,
    issues: issues.map((issue) => ({ ...wireIssue(issue), rule: issue.rule, params: { ...issue.params } })),
    referencePrice,
    notional,
    estimatedFees,
    marginRequired: margin?.required ?? null,
    buyingPower,
    buyingPowerAfter,
    quotedAt: isoInstantOrNull(quotedAt),
  };
}
