import type { Clock } from "@trenddojo/brokers/domain";

const POLL_MS = 250;

/**
 * Stops the desk when the process that started it is gone: npm, killed, ends its shell and leaves everything below it
 * behind, which would then hold the port and the data.
 */
export function stopWithParent(parentPid: number, clock: Clock, stop: () => void): void {
  const look = (): void => {
    if (process.ppid === parentPid) clock.setTimer(POLL_MS, look);
    else stop();
  };
  look();
}
