import { formatFixed, parseFixed } from "@trenddojo/brokers/domain";

interface Terms {
  readonly quantity?: string | undefined;
  readonly stopPrice?: string | null | undefined;
  readonly price?: string | null | undefined;
}

/** An order's terms in a sentence, those that it has: "40 shares, stop 180.00, limit 179.50" */
export function termsText({ quantity, stopPrice, price }: Terms): string {
  const parts = [quantity === undefined ? null : `${quantity} shares`, named("stop", stopPrice), named("limit", price)];
  return parts.filter((part) => part !== null).join(", ");
}

function named(name: string, price: string | null | undefined): string | null {
  return price === null || price === undefined ? null : `${name} ${formatFixed(parseFixed(price), 2)}`;
}
