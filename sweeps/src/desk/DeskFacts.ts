import { z } from "zod";

const order = z.strictObject({
  id: z.string(),
  accountId: z.string(),
  /** Null for an order that was placed elsewhere. */
  key: z.string().nullable(),
  origin: z.string(),
  clientOrderId: z.string(),
  venueOrderId: z.string().nullable(),
  symbol: z.string(),
  side: z.string(),
  /** The limit; null without one. */
  price: z.string().nullable(),
  state: z.string(),
  filledQuantity: z.string(),
  attempt: z.number(),
  validUntil: z.number(),
  claimedAt: z.number().nullable(),
  /** The state in each event of its stream, and the words. */
  told: z.array(z.string()),
  messages: z.array(z.string()),
  /** What the audit log says of it, oldest first. */
  audited: z.array(z.strictObject({ action: z.string(), state: z.string() })),
  fills: z.array(z.strictObject({ executionId: z.string(), quantity: z.string() })),
});

export const deskFacts = z.strictObject({
  orders: z.array(order),
  /** Chains of the audit log that do not hash to what was written. */
  brokenChains: z.array(z.string()),
});
/** What a desk has written of its orders, straight from its store. */
export type DeskFacts = z.infer<typeof deskFacts>;
export type OrderFacts = DeskFacts["orders"][number];
