import { useState } from "react";

/**
 * The same value for as long as a new one says the same: portfolios arrive twice a second, and the lines that are made
 * from them are drawn anew only when one has moved. For small values of plain JSON.
 */
export function useSameWhileEqual<Value>(value: Value): Value {
  const [held, setHeld] = useState(value);
  if (held === value || JSON.stringify(held) === JSON.stringify(value)) return held;
  setHeld(value);
  return value;
}
