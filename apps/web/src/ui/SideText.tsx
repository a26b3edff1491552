import type { OrderSide } from "@trenddojo/brokers/domain";

/** Buy or sell, in a word; the colour repeats it. */
export function SideText({ side }: { readonly side: OrderSide }) {
  return (
    <span className={side === "buy" ? "font-medium text-up" : "font-medium text-down"}>
      {side === "buy" ? "Buy" : "Sell"}
    </span>
  );
}
