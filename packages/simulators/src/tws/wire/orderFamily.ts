/** The type of an order whose layout it changes, with or without its space; other types as they are. */
export function orderFamilyOf(orderType: string): string {
  return orderType.replace(/^PEG(?=BENCH$|BEST$|MID$)/, "PEG ");
}
