import type { Clock } from "@trenddojo/brokers/domain";
import { sleepQuietly } from "../lib/sleepQuietly.ts";
import { MAX_BACKLOG_BYTES } from "./EncodedItem.ts";

const LOOK_AGAIN_MS = 50;

/**
 * Waits while the reader has 64 KiB or more unread: tRPC asks a stream for its next item whether or not the last one was
 * taken. @returns false where `signal` ended it
 */
export async function untilRead(clock: Clock, backlogBytes: () => number, signal: AbortSignal): Promise<boolean> {
  while (backlogBytes() >= MAX_BACKLOG_BYTES) {
    if (!(await sleepQuietly(clock, LOOK_AGAIN_MS, signal))) return false;
  }
  return !signal.aborted;
}
