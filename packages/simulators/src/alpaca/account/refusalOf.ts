import { BrokerErrorCode, formatFixed, multiply, parseFixed } from "@trenddojo/brokers/domain";
import type { OrderRejected, ReplaceRejected } from "@trenddojo/brokers/paper";
import { type ApiRefusal, forbidden, unprocessable } from "../wire/ApiRefusal.ts";

/** The numbers that the vendor puts beside a refusal for want of money. */
export interface Funds {
  readonly buyingPower: string;
}

/** The vendor's words for what the exchange refused. Texts that no document has are marked "simulator". */
export function refusalOf(event: OrderRejected | ReplaceRejected, funds: Funds): ApiRefusal {
  const { code, reason } = event;
  const param = (name: string): string => String(reason.params[name] ?? "0");
  switch (reason.rule) {
    case "PX17":
    case "PX202": {
      const costBasis = "quantity" in event ? costOf(event.quantity, param("referencePrice")) : param("notional");
      return forbidden("insufficient buying power", { buying_power: funds.buyingPower, cost_basis: costBasis });
    }
    case "PX116":
      return forbidden(
        `insufficient qty available for order (requested: ${param("quantity")}, available: ${param("closable")})`,
        { available: param("closable") },
      );
    case "PX16":
    case "PX203":
    case "PX210":
    case "PX211": {
      const symbol = "symbol" in event ? event.symbol : "";
      return unprocessable(`asset "${symbol}" cannot be sold short`);
    }
    case "PX84":
      return unprocessable("fractional orders cannot be sold short");
    case "PX52":
      if (reason.text.includes("leaves the order as it is")) return unprocessable("order parameters are not changed");
      break;
    default:
      break;
  }
  if (code === BrokerErrorCode.INSUFFICIENT_FUNDS) {
    return forbidden("insufficient buying power", { buying_power: funds.buyingPower });
  }
  return unprocessable(`simulator: ${reason.text}`);
}

function costOf(quantity: string, price: string): string {
  return formatFixed(multiply(parseFixed(quantity), parseFixed(price), "half_up"));
}
