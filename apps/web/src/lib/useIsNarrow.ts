import { useSyncExternalStore } from "react";

/** The same as the styles' `max-sm`. */
const NARROW = "(width < 40rem)";

/** Whether the window is as narrow as a phone's, for what need not be drawn at all elsewhere. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, isNarrow);
}

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(NARROW);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}

const isNarrow = (): boolean => window.matchMedia(NARROW).matches;
