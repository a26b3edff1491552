import type { AccountView, BrokerCard, InstrumentView } from "@trenddojo/server/wire";
import { useRef } from "react";
import { useDebounced } from "../../../lib/useDebounced.ts";
import { ChoiceGroup } from "../../../ui/ChoiceGroup.tsx";
import { DecimalField } from "../../../ui/DecimalField.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { SelectField } from "../../../ui/SelectField.tsx";
import { useOrderPreview } from "../api/previewOrder.ts";
import { needsPrice, needsStopPrice } from "../model/ticketDraft.ts";
import type { TicketDraft } from "../model/ticketDraft.ts";
import { orderTypeChoices, reasonOf, timeInForceChoices } from "../model/ticketChoices.ts";
import { issuesByField } from "../model/ticketIssues.ts";
import { useTicket } from "./useTicket.ts";
import { PreviewList } from "./PreviewList.tsx";
import { TicketFooter } from "./TicketFooter.tsx";

interface OrderTicketProps {
  readonly account: AccountView;
  readonly instrument: InstrumentView;
  readonly capabilities: BrokerCard["capabilities"];
  /** Where the ticket begins: a closing order, a side. */
  readonly start: Partial<TicketDraft>;
  /** The price that an empty price field steps from. */
  readonly referencePrice: string | undefined;
}

const SIDES = [
  { value: "buy", label: "Buy" },
  { value: "sell", label: "Sell" },
] as const;

/** The order ticket: edit, review, send. Enter goes from one to the next, Escape goes back. */
export function OrderTicket({ account, instrument, capabilities, start, referencePrice }: OrderTicketProps) {
  const quantityInput = useRef<HTMLInputElement>(null);
  const { ticket, order, problems, showsProblems, edit, review, back, send, renew } = useTicket({
    account,
    symbol: instrument.symbol,
    start,
  });
  const { draft, phase } = ticket;
  const preview = useOrderPreview(account.id, useDebounced(phase.name === "answered" ? undefined : order, 250));
  const locked = phase.name === "sending" || phase.name === "doubtful";
  const issues = issuesByField(phase.name === "refused" ? phase.desk.issues : (preview.data?.issues ?? []));
  const problemsOf = (field: "quantity" | "price" | "stopPrice") => [
    ...(showsProblems ? problems[field] : []),
    ...(order === undefined || phase.name === "answered" ? [] : issues[field]),
  ];
  const extendedReason = reasonOf(capabilities.extendedHours);

  return (
    // Escape, from any field, leaves the review.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      aria-label={`Order ticket for ${instrument.symbol}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (phase.name === "reviewing" || phase.name === "doubtful") send();
        else review();
      }}
      onKeyDown={(event) => {
        // A key that is held down must not run through the review into the sending.
        if (event.key === "Enter" && event.repeat) event.preventDefault();
        if (event.key !== "Escape") return;
        back();
        quantityInput.current?.focus();
      }}
      className="flex flex-col gap-3 p-3"
    >
      <div className="flex items-center justify-between gap-2">
        <span className="truncate text-muted">{account.label}</span>
        <ModeBadge mode={account.mode} />
      </div>
      <ChoiceGroup
        legend="Side"
        hideLegend
        value={draft.side}
        choices={SIDES}
        onValue={(side) => edit({ side })}
        disabled={locked}
        toneOf={(side) =>
          side === "buy"
            ? "bg-up-fill text-white border-transparent font-semibold"
            : "bg-down-fill text-white border-transparent font-semibold"
        }
      />
      <div className="grid grid-cols-2 gap-3">
        <SelectField
          label="Order type"
          value={draft.type}
          options={orderTypeChoices(capabilities)}
          onValue={(type) => edit({ type })}
          disabled={locked}
        />
        <SelectField
          label="Time in force"
          value={draft.timeInForce}
          options={timeInForceChoices(capabilities)}
          onValue={(timeInForce) => edit({ timeInForce })}
          problems={order === undefined ? [] : issues.timeInForce}
          disabled={locked}
        />
        <DecimalField
          label="Quantity"
          value={draft.quantity}
          onValue={(quantity) => edit({ quantity })}
          step={instrument.lotSize}
          problems={problemsOf("quantity")}
          disabled={locked}
          placeholder="0"
          inputRef={quantityInput}
          className="col-span-2"
        />
        {needsStopPrice(draft.type) ? (
          <DecimalField
            label="Stop price"
            value={draft.stopPrice}
            onValue={(stopPrice) => edit({ stopPrice })}
            step={instrument.tickSize}
            stepFrom={referencePrice}
            problems={problemsOf("stopPrice")}
            disabled={locked}
            placeholder={referencePrice ?? ""}
            className="col-span-2"
          />
        ) : null}
        {needsPrice(draft.type) ? (
          <DecimalField
            label="Limit price"
            value={draft.price}
            onValue={(price) => edit({ price })}
            step={instrument.tickSize}
            stepFrom={referencePrice}
            problems={problemsOf("price")}
            disabled={locked}
            placeholder={referencePrice ?? ""}
            className="col-span-2"
          />
        ) : null}
      </div>
      <label className={`flex min-h-6 items-center gap-2 ${extendedReason === undefined ? "" : "text-muted"}`}>
        <input
          type="checkbox"
          checked={draft.extendedHours}
          disabled={locked || extendedReason !== undefined}
          onChange={(event) => edit({ extendedHours: event.target.checked })}
          className="size-4 accent-(--accent)"
        />
        <span>Outside regular hours{extendedReason === undefined ? "" : `: ${extendedReason}`}</span>
      </label>
      {phase.name === "answered" ? null : (
        <PreviewList
          preview={order === undefined ? undefined : preview.data}
          error={order === undefined ? null : preview.error}
        />
      )}
      <TicketFooter
        ticket={ticket}
        account={account}
        symbol={instrument.symbol}
        otherIssues={order === undefined || phase.name === "answered" ? [] : issues.other}
        onReview={review}
        onBack={back}
        onRenew={renew}
      />
    </form>
  );
}
