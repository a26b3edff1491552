import { useSyncExternalStore } from "react";
import { useDesk } from "./desk.ts";

/** Monotonic milliseconds, stepping once a second: an age on the screen grows even when no message comes. */
export function useNow(): number {
  const { ticker } = useDesk();
  return useSyncExternalStore(ticker.subscribe, ticker.get);
}

/** Epoch milliseconds, stepping once a second. */
export function useWallNow(): number {
  const { clock } = useDesk();
  useNow();
  return clock.now();
}
