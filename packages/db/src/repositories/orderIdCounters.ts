import type { AccountId } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../Db.ts";
import { queryRow } from "../queryRow.ts";
import { accounts } from "../schema/accounts.ts";
import { orderIdCounters } from "../schema/orderIdCounters.ts";

export interface OrderIdBlock {
  /** Its account's login is what is counted for. */
  readonly accountId: AccountId;
  readonly clientId: number;
  /** The first is at least this. */
  readonly atLeast: number;
  readonly count: number;
}

const row = z.object({ first: z.coerce.number().int() });

/**
 * Takes so many order ids in a row that nobody was ever given, and answers the first; when it answers they are taken for
 * good, whoever asks at once. @throws ZodError for an unknown account
 */
export async function reserve(db: Db, { accountId, clientId, atLeast, count }: OrderIdBlock): Promise<number> {
  const { first } = await queryRow(
    db,
    row,
    sql`insert into ${orderIdCounters} as counter (broker, mode, venue_account_id, client_id, next_id)
      select broker, mode, venue_account_id, ${clientId}::integer, ${atLeast}::bigint + ${count}::bigint
      from ${accounts} where id = ${accountId}
      on conflict on constraint order_id_counters_pk
      do update set next_id = greatest(counter.next_id, ${atLeast}::bigint) + ${count}::bigint
      returning next_id - ${count}::bigint as first`,
  );
  return first;
}
