/** One ticket: its order, and what its person has heard of it. */
export interface Submit {
  readonly key: string;
  readonly accountId: string;
  readonly order: PlannedOrder;
  /** What the desk answered; null while it has not. */
  answer: Answer | null;
  /** What its person wants of the order once it is placed; null: nothing. */
  readonly command: Command | null;
  /** What the desk answered to that; null while it has not. */
  commandAnswer: Answer | null;
}

/** What may be asked of an order that was placed. */
export type Command = { readonly kind: "cancel" } | { readonly kind: "replace"; readonly price: string };

export type Answer =
  | { readonly kind: "order"; readonly id: string; readonly state: string }
  /** Refused with a code, nothing is sent. */
  | { readonly kind: "refused"; readonly code: string };

/** Terms as the ticket sends them. */
export type PlannedOrder =
  | {
      readonly type: "market";
      readonly symbol: string;
      readonly side: "buy" | "sell";
      readonly quantity: string;
    }
  | {
      readonly type: "limit";
      readonly symbol: string;
      readonly side: "buy" | "sell";
      readonly quantity: string;
      readonly price: string;
      readonly timeInForce: "gtc";
    };
