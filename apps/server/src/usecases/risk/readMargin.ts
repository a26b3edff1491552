import type { MarginInfo } from "@trenddojo/brokers/domain";
import { parseOrder } from "@trenddojo/brokers/rules";
import type { z } from "zod";
import type { Actor } from "../../auth/Actor.ts";
import type { Desk } from "../../Desk.ts";
import { orderInputOf } from "../../orders/orderInputOf.ts";
import { orderRefusal } from "../../orders/orderRefusal.ts";
import { toOrderRequest } from "../../orders/toOrderRequest.ts";
import type { marginInput } from "../../wire/risk.ts";
import { hostOfAccount, ownAccount } from "../owned.ts";

/** The margin an order would need, and what is there for it. @throws DeskError NOT_FOUND, NOT_CONNECTED, INVALID_ORDER; BrokerError */
export async function readMargin(desk: Desk, actor: Actor, input: z.infer<typeof marginInput>): Promise<MarginInfo> {
  const account = await ownAccount(desk, actor, input.accountId);
  const client = (await hostOfAccount(desk, actor, account)).requireConnected();
  const parsed = parseOrder(orderInputOf(input.order));
  if (!parsed.ok) throw orderRefusal(parsed.issues);
  return client.getMarginRequirements(toOrderRequest(parsed.order));
}
