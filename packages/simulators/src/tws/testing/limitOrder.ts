/** How many fields an order of a share has at version 178, and what stands where in it. */
const FIELDS = 114;
const SYMBOL = 3;

/** The fields of a GTC limit order to buy one share, as a client of version 178 writes them. */
export function limitOrder(orderId: number, symbol: string, price: string): readonly (string | number)[] {
  const fields: (string | number)[] = Array.from({ length: FIELDS }, () => "");
  const set = (from: number, ...values: readonly (string | number)[]): void => {
    fields.splice(from, values.length, ...values);
  };
  set(0, 3, orderId);
  set(SYMBOL, symbol, "STK");
  set(9, "SMART", "", "USD");
  set(16, "BUY", 1, "LMT", price, "", "GTC");
  set(27, 1);
  return fields;
}
