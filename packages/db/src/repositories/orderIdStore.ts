import type { OrderIdStore } from "@trenddojo/brokers";
import type { AccountId } from "@trenddojo/brokers/domain";
import type { Db } from "../Db.ts";
import * as orderIdCounters from "./orderIdCounters.ts";

/** Ids that one statement reserves, so that most orders wait for none. A process that ends skips what is left of them. */
const BLOCK = 50;

interface Block {
  next: number;
  readonly end: number;
}

/**
 * The order ids of one account's login, in the database. Several may be at work for the same login, also in other processes.
 * @param accountOf asked with each block: a connection that is only tried has no account yet
 */
export function createOrderIdStore(db: Db, accountOf: () => AccountId): OrderIdStore {
  /** Of each client id, what is reserved and not given out. */
  const blocks = new Map<number, Block>();
  /** One after another: who comes at once shares a block. */
  let lane: Promise<unknown> = Promise.resolve();

  async function take(clientId: number, atLeast: number): Promise<number> {
    const block = blocks.get(clientId);
    const id = Math.max(block?.next ?? 0, atLeast);
    if (block !== undefined && id < block.end) {
      block.next = id + 1;
      return id;
    }
    const first = await orderIdCounters.reserve(db, { accountId: accountOf(), clientId, atLeast, count: BLOCK });
    blocks.set(clientId, { next: first + 1, end: first + BLOCK });
    return first;
  }

  return {
    reserve(clientId, atLeast) {
      const taken = lane.then(() => take(clientId, atLeast));
      lane = taken.catch(() => undefined);
      return taken;
    },
  };
}
