import type { AccountView, BrokerCard, InstrumentView } from "@trenddojo/server/wire";
import { useRef } from "react";
import { useDebounced } from "../../../lib/useDebounced.ts";
import { ChoiceGroup } from "../../../ui/ChoiceGroup.tsx";
import { DecimalField } from "../../../ui/DecimalField.tsx";
import { ModeBadge } from "../../../ui/ModeBadge.tsx";
import { SelectField } from "../../../ui/SelectField.tsx";
import { SimulatorBadge } from "../../../ui/SimulatorBadge.tsx";
import { useOrderPreview } from "../api/previewOrder.ts";
import { exitProblems } from "../model/exitsDraft.ts";
import { exitChoiceOf, exitsOf, needsPrice, needsStopPrice } from "../model/ticketDraft.ts";
import type { DraftField, TicketDraft } from "../model/ticketDraft.ts";
import { orderTypeChoices, reasonOf, timeInForceChoices } from "../model/ticketChoices.ts";
import { issuesByField } from "../model/ticketIssues.ts";
import type { IssueField } from "../model/ticketIssues.ts";
import { ExitFields } from "./ExitFields.tsx";
import { ExpiryField } from "./ExpiryField.tsx";
import { PreviewList } from "./PreviewList.tsx";
import { SizeFields } from "./SizeFields.tsx";
import { TicketFooter } from "./TicketFooter.tsx";
import type { TicketPart } from "./TicketPart.ts";
import { TrailFields } from "./TrailFields.tsx";
import { UnknownOutcomeCheck } from "./UnknownOutcomeCheck.tsx";
import { useTicket } from "./useTicket.ts";
import { WorkingExitsNote } from "./WorkingExitsNote.tsx";

interface OrderTicketProps {
  readonly account: AccountView;
  readonly instrument: InstrumentView;
  readonly capabilities: BrokerCard["capabilities"];
  /** Where the ticket begins: a closing order, a side. */
  readonly start: Partial<TicketDraft>;
  /** The price that an empty price field steps from. */
  readonly referencePrice: string | undefined;
  /** The position in the instrument, below zero where it was sold short; undefined while it is not known. */
  readonly held: string | undefined;
  /** Its orders go to a simulator, not to the broker. */
  readonly isSimulator: boolean;
}

const SIDES = [
  { value: "buy", label: "Buy" },
  { value: "sell", label: "Sell" },
] as const;

/** The order ticket: edit, review, send. Enter goes from one to the next, Escape goes back. */
export function OrderTicket({
  account,
  instrument,
  capabilities,
  start,
  referencePrice,
  held,
  isSimulator,
}: OrderTicketProps) {
  const sizeInput = useRef<HTMLInputElement>(null);
  const { ticket, order, problems, showsProblems, edit, review, back, send, renew, ...unknown } = useTicket({
    account,
    symbol: instrument.symbol,
    start,
  });
  const { draft, phase } = ticket;
  const previewed = useDebounced(phase.name === "answered" ? undefined : order, 250);
  const preview = useOrderPreview(account.id, previewed, unknown.acknowledgesUnknown);
  // While another order is still shown, its preview is none of this one.
  const token = previewed === order && !preview.isPlaceholderData ? preview.data?.token : undefined;
  const isLooking = phase.name === "reviewing" && phase.outdated === true && preview.isFetching;
  const locked = phase.name === "sending" || phase.name === "doubtful";
  const isJudged = order !== undefined && phase.name !== "answered";
  const issues = issuesByField(
    !isJudged ? [] : phase.name === "refused" ? phase.desk.issues : (preview.data?.issues ?? []),
    draft,
  );
  const shown: Partial<Record<DraftField | IssueField, readonly string[]>> = showsProblems
    ? { ...problems, ...marketExitProblems(draft, referencePrice) }
    : {};
  const desks: Partial<Record<DraftField | IssueField, readonly string[]>> = issues;
  const part: TicketPart = {
    draft,
    edit,
    problemsOf: (field) => [...(shown[field] ?? []), ...(desks[field] ?? [])],
    locked,
    instrument,
    capabilities,
    referencePrice,
  };
  const extendedReason = reasonOf(capabilities.extendedHours);
  const priceField = {
    step: instrument.tickSize,
    stepFrom: referencePrice,
    disabled: locked,
    placeholder: referencePrice ?? "",
    className: "col-span-2",
  };

  return (
    // Escape, from any field, leaves the review.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      aria-label={`Order ticket for ${instrument.symbol}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isLooking) return;
        if (phase.name === "reviewing" || phase.name === "doubtful") send(token);
        else review();
      }}
      onKeyDown={(event) => {
        // A key that is held down must not run through the review into the sending.
        if (event.key === "Enter" && event.repeat) event.preventDefault();
        if (event.key !== "Escape") return;
        back();
        sizeInput.current?.focus();
      }}
      className="flex flex-col gap-3 p-3"
    >
      <div className="flex items-center justify-between gap-2">
        <span className="truncate text-muted">{account.label}</span>
        <span className="flex items-center gap-2">
          {isSimulator ? <SimulatorBadge /> : null}
          <ModeBadge mode={account.mode} />
        </span>
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
      <div className="grid grid-cols-2 items-start gap-3">
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
          options={timeInForceChoices(capabilities, draft)}
          onValue={(timeInForce) => edit({ timeInForce })}
          problems={part.problemsOf("timeInForce")}
          disabled={locked}
        />
        <SizeFields {...part} inputRef={sizeInput} />
        {draft.type === "trailing_stop" ? <TrailFields {...part} /> : null}
        {needsStopPrice(draft.type) ? (
          <DecimalField
            {...priceField}
            label="Stop price"
            value={draft.stopPrice}
            onValue={(stopPrice) => edit({ stopPrice })}
            problems={part.problemsOf("stopPrice")}
          />
        ) : null}
        {needsPrice(draft.type) ? (
          <DecimalField
            {...priceField}
            label={exitChoiceOf(draft) === "oco" ? "Limit price: the profit" : "Limit price"}
            value={draft.price}
            onValue={(price) => edit({ price })}
            problems={part.problemsOf("price")}
          />
        ) : null}
        {draft.timeInForce === "gtc" ? <ExpiryField {...part} /> : null}
        <ExitFields {...part} held={held} />
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
      <WorkingExitsNote account={account} symbol={instrument.symbol} draft={draft} held={held} />
      {phase.name === "answered" ? null : (
        <PreviewList
          preview={order === undefined ? undefined : preview.data}
          error={order === undefined ? null : preview.error}
        />
      )}
      {unknown.acknowledgesUnknown || preview.data?.issues.some(({ rule }) => rule === "unknown_outcome") === true ? (
        <UnknownOutcomeCheck
          checked={unknown.acknowledgesUnknown}
          disabled={locked}
          onChecked={unknown.acknowledgeUnknown}
        />
      ) : null}
      <TicketFooter
        ticket={ticket}
        account={account}
        order={order}
        otherIssues={issues.other}
        isLooking={isLooking}
        onReview={review}
        onBack={back}
        onRenew={renew}
      />
    </form>
  );
}

/** Exits on the wrong side of the market that a market order meets: shown at once, and the broker's to refuse. */
function marketExitProblems(draft: TicketDraft, referencePrice: string | undefined) {
  if (draft.type !== "market" || referencePrice === undefined) return {};
  return exitProblems(exitsOf(draft), { side: draft.side, entry: { price: referencePrice, name: "market" } });
}
