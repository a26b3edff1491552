import { useSyncExternalStore } from "react";
import { useDesk } from "./desk.ts";

/** Monotonic milliseconds, stepping once a second: an age on the screen grows even when no message comes. */
export function useNow(): number {
  const { ticker } = useDesk();
  return useSyncExternalStore(ticker.subscribe, ticker.get);
}

/**
 * What `read` makes of the time (monotonic milliseconds), looked at once a second: the component renders again only when
 * the answer is another one. @param read answers a plain value.
 */
export function useAtBeat<Value extends boolean | number | string>(read: (now: number) => Value): Value {
  const { ticker } = useDesk();
  return useSyncExternalStore(ticker.subscribe, () => read(ticker.get()));
}

/** Epoch milliseconds, stepping once a second. */
export function useWallNow(): number {
  const { clock } = useDesk();
  useNow();
  return clock.now();
}
