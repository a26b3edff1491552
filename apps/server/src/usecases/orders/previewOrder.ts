import { BrokerError, type BrokerClient } from "@trenddojo/brokers";
import type { OrderIssue, OrderPreview } from "@trenddojo/brokers/domain";
import { parseOrder, toValidationResult } from "@trenddojo/brokers/rules";
import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { judgeOrder, readBrokerFacts } from "../../orders/judgeOrder.ts";
import { wireIssue } from "../../orders/orderRefusal.ts";
import { isoInstantOrNull } from "../../wire/encode.ts";
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

/** Every rule's verdict, and what the order would do to the account. Nothing is stored. @throws DeskError NOT_FOUND, NOT_CONNECTED */
export async function previewOrder(
  desk: Desk,
  actor: Actor,
  input: z.infer<typeof previewInput>,
): Promise<PreviewView> {
  const account = await ownAccount(desk, actor, input.accountId);
  const client = (await hostOfAccount(desk, actor, account)).requireConnected();
  const parsed = parseOrder(input.order);
  if (!parsed.ok) return view(parsed.issues, NOTHING, null);
  const facts = await readBrokerFacts(desk.clock, client, parsed.order.symbol);
  const { issues } = await judgeOrder(desk.db, account, parsed.order, client, facts, { now: desk.clock.now() });
  const { buyingPower } = await client.getBalances();
  return view(issues, await reckon(client, input.order), buyingPower);
}

/** What cannot be reckoned, such as an unknown symbol, is among the issues already. */
async function reckon(client: BrokerClient, order: z.infer<typeof previewInput>["order"]): Promise<OrderPreview> {
  try {
    return await client.previewOrder(order);
  } catch (error) {
    if (error instanceof BrokerError && error.outcome === "refused") return NOTHING;
    throw error;
  }
}

function view(issues: readonly OrderIssue[], preview: OrderPreview, buyingPower: string | null): PreviewView {
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
