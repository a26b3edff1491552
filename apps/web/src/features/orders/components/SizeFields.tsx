import { divide, formatFixed, roundTo, tryParseFixed } from "@trenddojo/brokers/domain";
import type { Ref } from "react";
import { formatDecimal, PRICE, QUANTITY } from "../../../lib/decimalText.ts";
import { DecimalField } from "../../../ui/DecimalField.tsx";
import { SelectField } from "../../../ui/SelectField.tsx";
import { dollarsReason, takesParts } from "../model/ticketChoices.ts";
import { isInDollars, takesDollars } from "../model/ticketDraft.ts";
import type { TicketPart } from "./TicketPart.ts";

interface SizeFieldsProps extends TicketPart {
  readonly inputRef: Ref<HTMLInputElement>;
}

/** How much: a number of shares or, where that can be, an amount of money. */
export function SizeFields(props: SizeFieldsProps) {
  const { draft, edit, problemsOf, locked, instrument, capabilities, referencePrice, inputRef } = props;
  const inDollars = isInDollars(draft);
  const offersDollars = takesDollars(draft);
  const className = offersDollars ? "" : "col-span-2";
  return (
    <>
      {offersDollars ? (
        <SelectField
          label="Size in"
          value={inDollars ? "dollars" : "shares"}
          options={[
            { value: "shares", label: "Shares" },
            { value: "dollars", label: "Dollars", disabledReason: dollarsReason(capabilities, instrument) },
          ]}
          onValue={(unit) => edit({ unit })}
          disabled={locked}
        />
      ) : null}
      {inDollars ? (
        <DecimalField
          label="Amount in dollars"
          value={draft.notional}
          onValue={(notional) => edit({ notional })}
          step="10"
          help={sharesText(draft.notional, referencePrice)}
          problems={problemsOf("notional")}
          disabled={locked}
          placeholder="0.00"
          inputRef={inputRef}
          className={className}
        />
      ) : (
        <DecimalField
          label="Quantity"
          value={draft.quantity}
          onValue={(quantity) => edit({ quantity })}
          step={instrument.lotSize}
          {...(takesParts(capabilities, instrument, draft) ? { help: "Parts of a share too" } : {})}
          problems={problemsOf("quantity")}
          disabled={locked}
          placeholder="0"
          inputRef={inputRef}
          className={className}
        />
      )}
    </>
  );
}

/** "≈ 2.618 shares at 190.99": what an amount of money makes at the latest price. */
function sharesText(notional: string, referencePrice: string | undefined): string {
  const [amount, price] = [tryParseFixed(notional), tryParseFixed(referencePrice)];
  if (price === undefined || price <= 0n) return "No price to reckon shares at yet";
  const shares = amount === undefined ? 0n : roundTo(divide(amount, price, "down"), 3, "down");
  return `≈ ${formatDecimal(formatFixed(shares), QUANTITY)} shares at ${formatDecimal(formatFixed(price), PRICE)}`;
}
