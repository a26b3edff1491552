import { Link } from "@tanstack/react-router";
import type { AccountView } from "@trenddojo/server/wire";
import { TriangleAlert } from "lucide-react";
import type { MouseEvent } from "react";
import { accountSuffix, MODE_NAMES } from "../../../lib/modeText.ts";
import { focusOnMount } from "../../../lib/focusOnMount.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { orderTitle, priceText, TIME_IN_FORCE_NAMES } from "../model/orderText.ts";
import type { Ticket } from "../model/ticket.ts";
import { needsPrice, needsStopPrice } from "../model/ticketDraft.ts";
import { AnsweredOrder } from "./AnsweredOrder.tsx";

interface TicketFooterProps {
  readonly ticket: Ticket;
  readonly account: AccountView;
  readonly symbol: string;
  /** Objections that belong to no field. */
  readonly otherIssues: readonly string[];
  readonly onReview: () => void;
  readonly onBack: () => void;
  readonly onRenew: () => void;
}

/** What comes next for this ticket. The sending button says the whole order, its account and its mode. */
export function TicketFooter({ ticket, account, symbol, otherIssues, onReview, onBack, onRenew }: TicketFooterProps) {
  const { draft, phase } = ticket;
  const name = `${orderTitle({ ...draft, symbol })} · ${MODE_NAMES[account.mode]} ${accountSuffix(account.venueAccountId)}`;
  const issues = <IssueList issues={otherIssues} />;
  switch (phase.name) {
    case "editing":
      return (
        <>
          {issues}
          <Button type="submit" tone="primary" size="large">
            Review order
          </Button>
        </>
      );
    case "refused":
      return (
        <>
          <ErrorNotice failure={{ kind: "refused", desk: phase.desk }} hideIssues />
          {issues}
          <Button size="large" tone="primary" type="submit">
            Review again
          </Button>
        </>
      );
    case "reviewing": {
      const price = needsPrice(draft.type) ? draft.price : null;
      const stopPrice = needsStopPrice(draft.type) ? draft.stopPrice : null;
      return (
        <fieldset aria-label="Review" className="flex min-w-0 flex-col gap-2">
          {issues}
          <p className="num text-center">
            {priceText({ type: draft.type, price, stopPrice })} · {TIME_IN_FORCE_NAMES[draft.timeInForce]}
          </p>
          <Button
            key="send"
            type="submit"
            tone={draft.side}
            size="large"
            ref={focusOnMount}
            onClick={ignoreDoubleClick}
            className="num"
          >
            {name}
          </Button>
          <Button onClick={onBack}>Back to the ticket</Button>
        </fieldset>
      );
    }
    case "sending":
      return (
        <Button type="submit" tone={draft.side} size="large" disabled className="num">
          Sending…
        </Button>
      );
    case "doubtful":
      return (
        <div role="alert" className="flex flex-col gap-2 rounded-md border border-warn bg-warn-wash p-3">
          <p className="flex items-center gap-2 font-semibold text-warn">
            <TriangleAlert aria-hidden size={16} /> It is not known whether the order arrived
          </p>
          <p>
            {phase.message.replace(/\.$/, "")}. Sending it again is safe: it carries the same key, so it can be placed
            once only. Or look in{" "}
            <Link to="/orders" className="text-accent underline">
              the orders
            </Link>{" "}
            first.
          </p>
          <Button type="submit" tone={draft.side} size="large" className="num">
            Send again: {name}
          </Button>
          <Button onClick={onRenew}>Leave it and begin a new ticket</Button>
        </div>
      );
    case "answered":
      return (
        <div className="flex flex-col gap-2">
          <AnsweredOrder answered={phase.order} />
          <Button size="large" onClick={onReview}>
            Review the same again
          </Button>
          <Button onClick={onRenew}>New ticket</Button>
        </div>
      );
  }
}

/** The second click of a double click on "Review order" lands here, and was not meant to send. */
function ignoreDoubleClick(event: MouseEvent): void {
  if (event.detail > 1) event.preventDefault();
}

function IssueList({ issues }: { readonly issues: readonly string[] }) {
  if (issues.length === 0) return null;
  return (
    <output
      aria-label="Objections"
      className="flex flex-col gap-1 rounded-md border border-bad bg-bad-wash p-2 text-bad"
    >
      {issues.map((issue) => (
        <span key={issue}>
          <span aria-hidden>✕ </span>
          {issue}
        </span>
      ))}
    </output>
  );
}
