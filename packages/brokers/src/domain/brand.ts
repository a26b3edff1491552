declare const tag: unique symbol;

/**
 * A `Value` that only its own constructor can make: an account id cannot be passed where an order id is meant.
 * The name is a key of the tag, so that a type may carry two brands (`Money` is a `Decimal` too) without becoming `never`.
 */
export type Brand<Value, Name extends string> = Value & { readonly [tag]: { readonly [Key in Name]: true } };

/**
 * Marks a value that its caller has just validated. This is the one cast of the core; only the constructors
 * beside the branded types may call it.
 */
export function brand<Branded>(value: unknown): Branded {
  return value as Branded;
}
