import type { Clock } from "@trenddojo/brokers/domain";
import { orders, type AccountRow, type Db } from "@trenddojo/db";
import { BrokerCalls } from "../../connections/BrokerCalls.ts";
import type { OrderHost } from "../../connections/OrderHost.ts";
import { DeskError } from "../../DeskError.ts";
import type { SerialQueue } from "../../lib/SerialQueue.ts";
import type { InFlight } from "../../orders/InFlight.ts";
import type { ReconcileParts } from "../../reconciliation/ReconcileParts.ts";
import { refreshOrder } from "../../reconciliation/refreshOrder.ts";
import type { FakeClient } from "./FakeBroker.ts";

/** A request about an order is of unknown outcome after this. */
const REQUEST_MS = 10_000;

interface HostOfParts {
  readonly account: AccountRow;
  readonly db: Db;
  readonly clock: Clock;
  readonly client: FakeClient;
  readonly updates: SerialQueue;
  readonly inFlight: InFlight;
  readonly isReady: () => boolean;
  /** Of a look that nobody keeps a ledger of. */
  readonly reconcile: () => ReconcileParts;
  /** Compares all with the broker, in the background. */
  readonly look: () => void;
}

/** The owner of a connection that is always open, as the orders that work see it. */
export function hostOf(parts: HostOfParts): OrderHost {
  const { account, db, clock, client, updates, inFlight, isReady, reconcile, look } = parts;
  const calls = new BrokerCalls(clock, new AbortController().signal);
  const readyClient = (): FakeClient | null => (isReady() ? client : null);
  return {
    account,
    updates,
    readyClient,
    requireConnected: () => client,
    requireReady: () => {
      const ready = readyClient();
      if (ready === null) throw new DeskError("NOT_CONNECTED", "Fake is being reconciled with its broker.");
      return ready;
    },
    request: async (orderId, ask) => {
      using _underWay = inFlight.begin(orderId);
      return await calls.act(REQUEST_MS, ask);
    },
    refresh: (orderId) =>
      updates.run(async () => {
        const row = await orders.find(db, account.userId, orderId);
        return row === null ? null : refreshOrder(reconcile(), row);
      }),
    pursueUnknown: look,
  };
}
