import type { Reason } from "@trenddojo/brokers/domain";
import { BrokerErrorCode } from "@trenddojo/brokers/domain";
import { TwsRefusal } from "../TwsRefusal.ts";

/** What the exchange says about an order that it does not take. */
export interface ExchangeRefusal {
  readonly code: BrokerErrorCode;
  readonly reason: Reason;
}

/** In TWS's words: 201 for what the exchange or the account refuses, other codes for what is wrong in itself. */
export function twsRefusalOf({ code, reason }: ExchangeRefusal): TwsRefusal {
  if (code === BrokerErrorCode.SYMBOL_NOT_FOUND) {
    return new TwsRefusal(200, "No security definition has been found for the request");
  }
  if (code === BrokerErrorCode.INVALID_ORDER) return wrongInItself(reason);
  if (code === BrokerErrorCode.INSUFFICIENT_FUNDS) {
    return rejected(
      "YOUR ORDER IS NOT ACCEPTED. IN ORDER TO OBTAIN THE DESIRED POSITION YOUR EQUITY WITH LOAN VALUE " +
        `[${reason.params["available"] ?? "0"} USD] MUST EXCEED THE INITIAL MARGIN [${reason.params["required"] ?? "0"} USD]`,
    );
  }
  const isAboutShorts = reason.rule === "PX16" || reason.rule === "PX210";
  return rejected(isAboutShorts ? "The contract is not available for short sale." : reason.text);
}

function wrongInItself({ rule, text, params }: Reason): TwsRefusal {
  if (params["field"] === "price" || params["field"] === "stopPrice") {
    return new TwsRefusal(110, "The price does not conform to the minimum price variation for this contract.");
  }
  if (params["field"] === "quantity") {
    return new TwsRefusal(
      10243,
      "Fractional-sized order cannot be placed via API. Please use desktop version to place this order.",
    );
  }
  return rule === "PX13"
    ? new TwsRefusal(111, "The TIF (Time in Force) and the order type are incompatible.")
    : rejected(text);
}

/** A preview tells what an order lacks; what is wrong in itself is refused. @throws TwsRefusal */
export function refusalOfPreview(refusal: ExchangeRefusal): void {
  if (refusal.code !== BrokerErrorCode.INSUFFICIENT_FUNDS && !isHourly(refusal)) throw twsRefusalOf(refusal);
}

function rejected(reason: string): TwsRefusal {
  return new TwsRefusal(201, `Order rejected - reason:${reason}`);
}

/** It is not the order that is wrong but the hour: it waits, where it can. */
export function isHourly({ code }: ExchangeRefusal): boolean {
  return code === BrokerErrorCode.MARKET_CLOSED || code === BrokerErrorCode.NO_MARKET_DATA;
}
