import type { TwsExecution } from "../account/ExecutionLog.ts";
import type { TwsOrder } from "./TwsOrder.ts";
import type { TwsOrderEvent } from "../TwsJournal.ts";

/** What an account has to tell, in its order. Orders are copies of what they were then. */
export type AccountNews =
  /** openOrder, and orderStatus where `withStatus`. */
  | { readonly kind: "order"; readonly order: TwsOrder; readonly withStatus: boolean }
  | { readonly kind: "status"; readonly order: TwsOrder }
  | { readonly kind: "execution"; readonly execution: TwsExecution }
  | { readonly kind: "commission"; readonly execution: TwsExecution }
  | { readonly kind: "position"; readonly account: string; readonly symbol: string }
  /** To the client that the order belongs to. */
  | {
      readonly kind: "error";
      readonly clientId: number;
      readonly id: number;
      readonly code: number;
      readonly message: string;
    }
  /** For the journal alone. */
  | {
      readonly kind: "journal";
      readonly event: TwsOrderEvent;
      readonly order: TwsOrder;
      readonly execution: TwsExecution | null;
    };
