import { z } from "zod";
import { exact, instant, listOf, optional, rounded, ZERO } from "./wireFields.ts";

/** Goes into paths and into the desk's own books. */
const id = z.string().regex(/^[\x21-\x7e]{1,64}$/);

const fields = {
  id,
  client_order_id: z.string(),
  symbol: z.string().default(""),
  asset_class: z.string().default(""),
  /** Absent from the parent of a multi-leg option order. */
  side: z.string().nullish(),
  type: z.string().default(""),
  time_in_force: z.string().default(""),
  /** Empty for a simple order. */
  order_class: z.string().nullish(),
  status: z.string(),
  extended_hours: z.boolean().default(false),
  /** Exactly one of quantity and notional is there, also after the fill. */
  qty: optional(exact),
  notional: optional(exact),
  filled_qty: optional(exact).transform((value) => value ?? ZERO),
  filled_avg_price: optional(rounded),
  limit_price: optional(exact),
  stop_price: optional(rounded),
  trail_price: optional(exact),
  trail_percent: optional(exact),
  created_at: optional(instant),
  submitted_at: optional(instant),
  updated_at: optional(instant),
  expires_at: optional(instant),
  replaced_by: z.string().nullish(),
  replaces: z.string().nullish(),
};

export const wireLeg = z.object(fields);
/** https://docs.alpaca.markets/reference/postorder; the stream sends the same object. */
export const wireOrder = z.object({ ...fields, legs: listOf(wireLeg) });

export type WireLeg = z.infer<typeof wireLeg>;
export type WireOrder = z.infer<typeof wireOrder>;
