import { Link } from "@tanstack/react-router";
import type { AccountView, OrderInput } from "@trenddojo/server/wire";
import { TriangleAlert } from "lucide-react";
import type { MouseEvent } from "react";
import { usePreferences } from "../../../lib/desk.ts";
import { accountSuffix, MODE_NAMES } from "../../../lib/modeText.ts";
import { focusOnMount } from "../../../lib/focusOnMount.ts";
import { formatInstant, ZONE_NAMES } from "../../../lib/timeText.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorNotice } from "../../../ui/ErrorNotice.tsx";
import { orderSentence } from "../model/orderSentence.ts";
import { orderTitle } from "../model/orderText.ts";
import type { Ticket } from "../model/ticket.ts";
import { AnsweredOrder } from "./AnsweredOrder.tsx";

interface TicketFooterProps {
  readonly ticket: Ticket;
  readonly account: AccountView;
  /** What would be sent; undefined while the draft is none yet. */
  readonly order: OrderInput | undefined;
  /** Objections that belong to no field. */
  readonly otherIssues: readonly string[];
  /** The preview that an outdated one is replaced by is on its way. */
  readonly isLooking: boolean;
  readonly onReview: () => void;
  readonly onBack: () => void;
  readonly onRenew: () => void;
}

/** What comes next for this ticket. The sending button says the whole order, its account and its mode. */
export function TicketFooter({
  ticket,
  account,
  order,
  otherIssues,
  isLooking,
  onReview,
  onBack,
  onRenew,
}: TicketFooterProps) {
  const { draft, phase } = ticket;
  const [{ timeZone }] = usePreferences();
  const accountName = `${MODE_NAMES[account.mode]} ${accountSuffix(account.venueAccountId)}`;
  const name = order === undefined ? accountName : `${orderTitle(order)} · ${accountName}`;
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
    case "reviewing":
      return (
        <fieldset aria-label="Review" className="flex min-w-0 flex-col gap-2">
          {issues}
          {phase.outdated === true ? (
            <p role="alert" className="rounded-md border border-warn bg-warn-wash p-2 text-warn">
              Nothing was placed: the preview was too old.{" "}
              {isLooking ? "A new one is fetched…" : "This is a new one: look at it, then send."}
            </p>
          ) : null}
          {order === undefined ? null : (
            <p className="num text-center text-pretty">
              {orderSentence(order, {
                account: accountName,
                instantText: (at) => `${formatInstant(at, timeZone)} ${ZONE_NAMES[timeZone]}`,
              })}
            </p>
          )}
          <Button
            key="send"
            type="submit"
            tone={draft.side}
            size="large"
            ref={focusOnMount}
            aria-disabled={isLooking}
            onClick={ignoreDoubleClick}
            className="num"
          >
            {name}
          </Button>
          <Button onClick={onBack}>Back to the ticket</Button>
        </fieldset>
      );
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
