import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useDesk } from "../lib/desk.ts";

interface Hold {
  /** Milliseconds that it has been held; null while it is not. */
  readonly heldMs: number | null;
  readonly begin: () => void;
  /** Let go before the time: nothing happens. */
  readonly letGo: () => void;
  /** Whether the press that ends now was held to its end or given up: it is no tap. Says so once. */
  readonly wasSettled: () => boolean;
}

const STEP_MS = 100;

/** Runs `onHeld` once a press has lasted for `holdMs`. Escape, and leaving the window, let go. */
export function useHold(holdMs: number, onHeld: () => void): Hold {
  const { clock } = useDesk();
  const [startedAt, setStartedAt] = useState<number | null>(null);
  const [heldMs, setHeldMs] = useState<number | null>(null);
  const settled = useRef(false);
  const held = useEffectEvent(onHeld);
  const letGo = () => {
    setStartedAt(null);
    setHeldMs(null);
  };

  useEffect(() => {
    if (startedAt === null) return undefined;
    const end = () => {
      settled.current = true;
      setStartedAt(null);
      setHeldMs(null);
    };
    const step = () => {
      const elapsed = clock.monotonic() - startedAt;
      if (elapsed >= holdMs) {
        end();
        held();
        return;
      }
      setHeldMs(elapsed);
      timer = clock.setTimer(Math.min(STEP_MS, holdMs - elapsed), step);
    };
    let timer = clock.setTimer(STEP_MS, step);
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      end();
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    window.addEventListener("blur", end);
    return () => {
      timer[Symbol.dispose]();
      window.removeEventListener("keydown", onKeyDown, { capture: true });
      window.removeEventListener("blur", end);
    };
  }, [clock, holdMs, startedAt]);

  return {
    heldMs,
    begin: () => {
      settled.current = false;
      setHeldMs(0);
      setStartedAt(clock.monotonic());
    },
    letGo,
    wasSettled: () => {
      const was = settled.current;
      settled.current = false;
      return was;
    },
  };
}
