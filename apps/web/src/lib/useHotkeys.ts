import { useEffect, useEffectEvent } from "react";
import { useDesk } from "./desk.ts";
import { NO_CHORD, readKey } from "./hotkeys.ts";

/** What each chord does, such as "/" or "g o". */
export type Hotkeys = Readonly<Record<string, () => void>>;

/** Listens for chords on the whole page, but never while the person types or a dialog is open. */
export function useHotkeys(hotkeys: Hotkeys): void {
  const { clock } = useDesk();
  const run = useEffectEvent((chord: string) => hotkeys[chord]?.());
  const known = useEffectEvent(() => new Set(Object.keys(hotkeys)));
  useEffect(() => {
    let state = NO_CHORD;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]") !== null) return;
      const read = readKey(state, event.key, clock.monotonic(), known());
      state = read.state;
      if (read.chord === null) return;
      event.preventDefault();
      run(read.chord);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [clock]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"))
  );
}
