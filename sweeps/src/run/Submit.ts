/** One ticket: its order, and what its person has heard of it. */
export interface Submit {
  readonly key: string;
  readonly accountId: string;
  readonly order: PlannedOrder;
  /** What the desk answered; null while it has not. */
  answer: Answer | null;
}

export type Answer =
  | { readonly kind: "order"; readonly id: string; readonly state: string }
  /** Refused with a code, nothing is sent. */
  | { readonly kind: "refused"; readonly code: string };

/** Terms as the ticket sends them. */
export type PlannedOrder =
  | { readonly type: "market"; readonly symbol: string; readonly side: "buy"; readonly quantity: string }
  | {
      readonly type: "limit";
      readonly symbol: string;
      readonly side: "buy";
      readonly quantity: string;
      readonly price: string;
      readonly timeInForce: "gtc";
    };
