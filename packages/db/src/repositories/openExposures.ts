import {
  GROUP_ROLES,
  ORDER_SIDES,
  orderId,
  price,
  quantity,
  type AccountId,
  type OrderId,
} from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Executor } from "../Db.ts";
import { textsParam } from "../rows.ts";
import { together } from "../together.ts";
import { OPEN_ORDERS } from "./orderQueries.ts";

const exposure = z.object({
  /** Null where it stands for all orders of its symbol and side that need not be told apart. */
  orderId: z.string().transform(orderId).nullable(),
  symbol: z.string(),
  side: z.enum(ORDER_SIDES),
  /** Shares not yet filled. */
  remaining: z.string().transform((text) => quantity(text)),
  /** The highest of their own prices or, where an order has none, the market's when it was judged; null without any. */
  price: z
    .string()
    .transform((text) => price(text))
    .nullable(),
  /** The leader's id; null for a simple order. */
  groupId: z.string().nullable(),
  role: z.enum(GROUP_ROLES).nullable(),
  isHeld: z.boolean(),
  isUnknown: z.boolean(),
  /** The broker has named it. */
  isSeen: z.boolean(),
});

/** How far open orders could move an account. */
export type OpenExposure = z.infer<typeof exposure>;

/**
 * What an account's open orders come to, in no order. Told apart is each that the broker has not named or whose outcome is
 * unknown, each exit that works, and the group of `apart`. All others are one sum for each symbol and side, without exits
 * that are held, for those move nothing. So it grows with the symbols traded and with what is under way, not with the
 * number of orders.
 */
export function list(db: Executor, accountId: AccountId, apart?: OrderId): Promise<readonly OpenExposure[]> {
  return listAll(db, { accountId, apart });
}

const exposureOfAccount = exposure.extend({ accountId: z.string() });

const listAll = together(
  async (
    db: Executor,
    asked: readonly { readonly accountId: AccountId; readonly apart: OrderId | undefined }[],
  ): Promise<readonly (readonly OpenExposure[])[]> => {
    const accounts = textsParam(asked.map(({ accountId }) => accountId));
    const apart = textsParam(asked.flatMap((each) => each.apart ?? []));
    const rows = await db.execute(sql`
    with open_orders as (
      select *, coalesce(price, stop_price, reference_price) as reckoned_price,
        case when order_class is not null then coalesce(leader_id, id) end as group_id,
        state = 'UNKNOWN' or venue_order_id is null
          or (group_role in ('take_profit', 'stop_loss') and not is_held)
          or coalesce(leader_id, id) in (select coalesce(leader_id, id) from orders where id = any(${apart}))
          as is_apart
      from orders where account_id = any(${accounts}) and state in (${OPEN_ORDERS})
    )
    select case when is_apart then id end as "orderId", account_id as "accountId", symbol, side,
      sum(greatest(quantity - filled_quantity, 0)) as remaining, max(reckoned_price) as price,
      case when is_apart then group_id end as "groupId", case when is_apart then group_role end as role,
      is_apart and is_held as "isHeld", is_apart and state = 'UNKNOWN' as "isUnknown",
      venue_order_id is not null as "isSeen"
    from open_orders where is_apart or not is_held
    group by 1, account_id, symbol, side, 7, 8, 9, 10, 11`);
    const all = z.array(exposureOfAccount).parse([...rows]);
    return asked.map(({ accountId }) => all.flatMap(({ accountId: of, ...each }) => (of === accountId ? [each] : [])));
  },
);
