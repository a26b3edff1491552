import { sql } from "drizzle-orm";
import type { Sql } from "postgres";
import type { Executor } from "../Db.ts";

/** A channel is one database's. */
const CHANNEL = "trenddojo_trading_states";

/** Said where the transaction commits, and not at all where it does not. */
export async function tellTradingStateSet(db: Executor): Promise<void> {
  await db.execute(sql`select pg_notify(${CHANNEL}, '')`);
}

/**
 * See `DbHandle.onTradingStateSet`. The driver listens over a connection of its own and opens it anew by itself; closing
 * the client ends it.
 */
export function hearTradingStates(client: Sql, heard: () => void): Disposable {
  let isOver = false;
  const tell = (): void => {
    if (!isOver) heard();
  };
  const listening = client.listen(CHANNEL, tell, tell);
  // A first try that fails is followed by others too.
  listening.catch(() => undefined);
  return {
    [Symbol.dispose]() {
      isOver = true;
      void listening.then((listener) => listener.unlisten()).catch(() => undefined);
    },
  };
}
