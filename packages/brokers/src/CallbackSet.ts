import type { Unsubscribe } from "./BrokerClient.ts";

/**
 * Callbacks that are told the same thing, first subscriber first. One that throws disturbs neither the others nor the
 * caller; its error goes to `onError`. One that was added twice is told twice.
 */
export class CallbackSet<Value> {
  readonly #callbacks = new Map<symbol, (value: Value) => void>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  get size(): number {
    return this.#callbacks.size;
  }

  add(callback: (value: Value) => void): Unsubscribe {
    const key = Symbol("callback");
    this.#callbacks.set(key, callback);
    return () => void this.#callbacks.delete(key);
  }

  /** Adds one that is told `values` before it is told what comes. */
  addAfter(values: readonly Value[], callback: (value: Value) => void): Unsubscribe {
    for (const value of values) callSafely(callback, value, this.#onError);
    return this.add(callback);
  }

  notify(value: Value): void {
    // One that is unsubscribed meanwhile is not told any more, one that is added meanwhile from the next value on.
    const present = [...this.#callbacks];
    for (const [key, callback] of present) {
      if (this.#callbacks.has(key)) callSafely(callback, value, this.#onError);
    }
  }

  clear(): void {
    this.#callbacks.clear();
  }
}

/** Calls back; what it throws goes to `onError`. */
export function callSafely<Value>(
  callback: (value: Value) => void,
  value: Value,
  onError: (error: unknown) => void,
): void {
  try {
    callback(value);
  } catch (error) {
    onError(error);
  }
}
