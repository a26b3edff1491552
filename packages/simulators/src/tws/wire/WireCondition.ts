import type { DecimalText } from "./WireContract.ts";

/** Tied to the next condition by and, or by or. */
interface Tied {
  readonly conjunction: "a" | "o";
}

interface Compared extends Tied {
  readonly isMore: boolean;
}

interface OfContract extends Compared {
  readonly conId: number;
  readonly exchange: string;
}

/** What must be so before an order goes out, or is cancelled. */
export type WireCondition =
  | (OfContract & { readonly kind: "price"; readonly value: DecimalText | null; readonly triggerMethod: number })
  | (Compared & { readonly kind: "time"; readonly value: string })
  | (Compared & { readonly kind: "margin"; readonly value: number | null })
  | (Tied & {
      readonly kind: "execution";
      readonly secType: string;
      readonly exchange: string;
      readonly symbol: string;
    })
  | (OfContract & { readonly kind: "volume"; readonly value: number | null })
  | (OfContract & { readonly kind: "percentChange"; readonly value: DecimalText | null });

/** Their numbers on the wire. */
export const CONDITION_TYPES: Readonly<Record<WireCondition["kind"], number>> = {
  price: 1,
  time: 3,
  margin: 4,
  execution: 5,
  volume: 6,
  percentChange: 7,
};
