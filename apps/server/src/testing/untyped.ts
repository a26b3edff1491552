/** tRPC's documentation passes ws's class as the browser's; their types differ in `dispatchEvent`, which it never calls. */
export function untyped(value: unknown) {
  const key: string = "value";
  return Reflect.get({ value }, key);
}
