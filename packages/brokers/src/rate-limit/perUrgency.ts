import type { Urgency } from "../domain/Urgency.ts";

/** One value for each urgency. */
export function perUrgency<Value>(value: (urgency: Urgency) => Value): Readonly<Record<Urgency, Value>> {
  return {
    cancel: value("cancel"),
    reduce: value("reduce"),
    lookup: value("lookup"),
    order: value("order"),
    read: value("read"),
    history: value("history"),
  };
}
