import type { Clock } from "@trenddojo/brokers/domain";
import type { WebSocket } from "ws";
import { sleepQuietly } from "../lib/sleepQuietly.ts";

const LOOK_EVERY_MS = 1_000;
/** Quotes are long skipped at this backlog: what fills it are answers and order events, which are never left out. */
const SLOW_BYTES = 4 * 1024 * 1024;
const SLOW_MS = 10_000;
/** Nobody gets here who reads at all. */
const STOPPED_BYTES = 16 * 1024 * 1024;
/** "Try again later" (RFC 6455 7.4.1): the client comes back and resumes its order events by their ids. */
const CLOSED_AS_SLOW = 1013;

/**
 * Closes each of these sockets (1013) that has had more than 4 MiB unread for 10 s, or has more than 16 MiB. Looks once a
 * second; resolves when `signal` aborts.
 * @param onClose called once for each
 */
export async function closeSlowReaders(
  clients: ReadonlySet<WebSocket>,
  clock: Clock,
  signal: AbortSignal,
  onClose: () => void,
): Promise<void> {
  const slowSince = new WeakMap<WebSocket, number>();
  while (await sleepQuietly(clock, LOOK_EVERY_MS, signal)) {
    const now = clock.monotonic();
    for (const client of clients) {
      if (client.readyState !== client.OPEN) continue;
      const backlog = client.bufferedAmount;
      if (backlog <= SLOW_BYTES) {
        slowSince.delete(client);
        continue;
      }
      const since = slowSince.get(client) ?? now;
      slowSince.set(client, since);
      if (now - since < SLOW_MS && backlog <= STOPPED_BYTES) continue;
      client.close(CLOSED_AS_SLOW, "reads too slowly");
      onClose();
    }
  }
}
