import type { Clock } from "@trenddojo/brokers/domain";
import type { WebSocket } from "ws";

const PER_SECOND = 20;
const BURST = 60;

/** Closes a socket (1008) that sends more than 20 messages a second for longer than a burst of 60. */
export function limitMessages(client: WebSocket, clock: Clock): void {
  let tokens = BURST;
  let at = clock.monotonic();
  client.on("message", () => {
    const now = clock.monotonic();
    tokens = Math.min(BURST, tokens + ((now - at) / 1000) * PER_SECOND) - 1;
    at = now;
    if (tokens < 0) client.close(1008, "too many messages");
  });
}
