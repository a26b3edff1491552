import type { CallOptions } from "../../BrokerClient.ts";
import { BrokerError } from "../../BrokerError.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import type { Fixed } from "../../domain/decimal.ts";
import { readNumber } from "../ibNumber.ts";
import type { Gateway } from "../session/Gateway.ts";
import type { IBContract, IBOrderState } from "../session/vendorTypes.ts";
import { kindOf, orderRefusal } from "./orderErrors.ts";
import { toIBOrder } from "./toIBOrder.ts";
import type { OrderTerms } from "./OrderTerms.ts";

/** What an order would do to the account, by the broker's own reckoning, in dollars; null is not said. */
export interface WhatIf {
  readonly initialMarginChange: Fixed;
  readonly maintenanceMarginChange: Fixed | null;
  readonly commission: Fixed | null;
}

export interface WhatIfQuestion {
  /** Called in the tick in which it is written. */
  readonly nextOrderId: () => number;
  readonly contract: IBContract;
  readonly terms: OrderTerms;
  readonly options?: CallOptions;
}

/** Not every account has previews, and then nothing comes at all. */
const TIMEOUT_MS = 4_000;
/** The gateway has words for it, or none: nothing is known of the margin. */
const SILENT: ReadonlySet<BrokerErrorCode> = new Set([
  BrokerErrorCode.TIMEOUT,
  BrokerErrorCode.NOT_SUPPORTED,
  BrokerErrorCode.API_ERROR,
]);

/**
 * Asks what an order would need, without placing it: https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#what-if
 * @returns null where the gateway does not say. @throws BrokerError for an order that it would refuse
 */
export async function askWhatIf(gateway: Gateway, question: WhatIfQuestion): Promise<WhatIf | null> {
  const { nextOrderId, contract, terms, options = {} } = question;
  let orderId = 0;
  // A preview that is not transmitted is refused with 413, and an order that is no preview would be placed: both are said.
  const frame = { account: gateway.accountId, orderRef: "", transmit: true };
  const order = { ...toIBOrder(terms, frame), whatIf: true } as const;
  try {
    return await gateway.ask<WhatIf | null>({
      what: "the preview",
      urgency: "read",
      timeoutMs: TIMEOUT_MS,
      options,
      write: (calls) => {
        orderId = nextOrderId();
        calls.placeOrder(orderId, contract, order);
      },
      listen: (answer) => {
        answer.on("openOrder", (id, _contract, _order, state) => {
          if (id === orderId) answer.end(toWhatIf(state));
        });
        answer.on("error", (error) => {
          if (error.id === orderId && kindOf(error) === "refused") answer.fail(orderRefusal(error, "the preview"));
        });
      },
    });
  } catch (error) {
    if (options.signal?.aborted !== true && error instanceof BrokerError && SILENT.has(error.code)) return null;
    throw error;
  }
}

/** A preview is believed only where it says what margin changes. */
function toWhatIf(state: IBOrderState): WhatIf | null {
  const initialMarginChange = readNumber(state.initMarginChange);
  if (initialMarginChange === null) return null;
  return {
    initialMarginChange,
    maintenanceMarginChange: readNumber(state.maintMarginChange),
    commission: readNumber(state.commission) ?? readNumber(state.maxCommission),
  };
}
