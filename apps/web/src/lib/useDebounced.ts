import { useEffect, useState } from "react";
import { useDesk } from "./desk.ts";

/** `value` once it has held still for `delayMs`. Give it a value with a stable identity. */
export function useDebounced<Value>(value: Value, delayMs: number): Value {
  const { clock } = useDesk();
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = clock.setTimer(delayMs, () => setSettled(() => value));
    return () => timer[Symbol.dispose]();
  }, [clock, value, delayMs]);
  return settled;
}
