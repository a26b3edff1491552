declare const tag: unique symbol;

/** A `Value` that only its own constructor can make: an account id cannot be passed where an order id is meant. */
export type Brand<Value, Name extends string> = Value & { readonly [tag]: Name };

/**
 * Marks a value that its caller has just validated. This is the one cast of the core; only the constructors
 * beside the branded types may call it.
 */
export function brand<Branded>(value: unknown): Branded {
  return value as Branded;
}
