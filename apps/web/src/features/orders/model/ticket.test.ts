import type { DeskErrorData } from "@trenddojo/server/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anOrder } from "../../../testing/builders.ts";
import { openTicket, reduceTicket } from "./ticket.ts";
import type { Ticket, TicketEvent } from "./ticket.ts";
import { EMPTY_DRAFT } from "./ticketDraft.ts";

const desk = (change: Partial<DeskErrorData>): DeskErrorData => ({
  code: "INVALID_ORDER",
  message: "m",
  fix: "f",
  issues: [],
  outcome: "refused",
  retryAfterSeconds: null,
  requestId: "r",
  ...change,
});
const after = (events: readonly TicketEvent[], ticket: Ticket = openTicket(EMPTY_DRAFT, "key-1")) =>
  events.reduce(reduceTicket, ticket);

const review: TicketEvent = { type: "reviewed", freshKey: "key-2" };
const sent: TicketEvent = { type: "sent" };
const lost: TicketEvent = { type: "lost", message: "no answer" };
const answered: TicketEvent = { type: "answered", order: anOrder() };
const edited: TicketEvent = { type: "edited", change: { quantity: "5" }, freshKey: "key-3" };

test("[UT1] one key goes with every click and retry until there is an answer", () => {
  const ticket = after([edited, review, sent, lost, sent, lost, sent]);
  expect([ticket.key, ticket.phase.name]).toEqual(["key-1", "sending"]);
});

test("[UT2] after an answer another order has another key", () => {
  expect(after([review, sent, answered, edited]).key).toBe("key-3");
  expect(after([review, sent, answered, review]).key).toBe("key-2");
  expect(after([review, sent, { type: "refused", desk: desk({}) }, edited]).key).toBe("key-3");
});

test("[UT3] while it is not known whether the order arrived, its draft cannot be changed under its key", () => {
  const doubtful = after([review, sent, lost]);
  expect(after([edited, review], doubtful)).toBe(doubtful);
  const unknown = after([
    review,
    sent,
    { type: "refused", desk: desk({ code: "OUTCOME_UNKNOWN", outcome: "unknown" }) },
  ]);
  expect([unknown.phase.name, unknown.key, after([edited], unknown).draft.quantity]).toEqual(["doubtful", "key-1", ""]);
});

test("[UT4] a session that ended keeps the reviewed ticket and its key: signed in again, it is sent as it stands", () => {
  const ticket = after([edited, review, sent, { type: "refused", desk: desk({ code: "UNAUTHENTICATED" }) }]);
  expect([ticket.phase.name, ticket.key, ticket.draft.quantity]).toEqual(["reviewing", "key-1", "5"]);
});

test("[UT19] a desk that fails in itself may have stored the order: the outcome is in doubt, and the key is kept", () => {
  const failed = after([edited, review, sent, { type: "refused", desk: desk({ code: "INTERNAL" }) }]);
  expect([failed.phase.name, failed.key, after([edited], failed)]).toEqual(["doubtful", "key-1", failed]);
});

test.each(["UNAUTHENTICATED", "TOO_MANY_REQUESTS"] as const)(
  "[UT20] %s to a second sending says nothing of the first: the doubt and the key stay",
  (code) => {
    const ticket = after([edited, review, sent, lost, sent, { type: "refused", desk: desk({ code }) }]);
    expect([ticket.phase.name, ticket.key, after([edited], ticket)]).toEqual(["doubtful", "key-1", ticket]);
  },
);

test("[UT5] nothing is sent that was not reviewed", () => {
  expect(after([sent]).phase.name).toBe("editing");
  expect(after([review, edited, sent]).phase.name).toBe("editing");
});

test("[UT6] whatever happens, no key is ever used for two different orders that may both have left", () => {
  let fresh = 0;
  const event = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.integer({ min: 1, max: 9 }).map((quantity): TicketEvent => ({
        type: "edited",
        change: { quantity: String(quantity) },
        freshKey: `fresh-${++fresh}`,
      })),
    },
    {
      weight: 4,
      arbitrary: fc.constant(null).map((): TicketEvent => ({ type: "reviewed", freshKey: `fresh-${++fresh}` })),
    },
    { weight: 8, arbitrary: fc.constantFrom<TicketEvent>(sent, sent, lost, answered) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<TicketEvent>(
        { type: "back" },
        { type: "refused", desk: desk({ outcome: "unknown" }) },
        { type: "refused", desk: desk({ code: "INTERNAL" }) },
        { type: "refused", desk: desk({ code: "UNAUTHENTICATED" }) },
        { type: "refused", desk: desk({ code: "TOO_MANY_REQUESTS" }) },
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .constant(null)
        .map((): TicketEvent => ({ type: "renewed", draft: EMPTY_DRAFT, freshKey: `fresh-${++fresh}` })),
    },
  );
  fc.assert(
    fc.property(fc.array(event, { minLength: 20, maxLength: 80 }), (events) => {
      const left = new Map<string, string>();
      let ticket = openTicket(EMPTY_DRAFT, "first");
      for (const next of events) {
        const before = ticket;
        ticket = reduceTicket(ticket, next);
        const draft = JSON.stringify(ticket.draft);
        const wasSending = before.phase.name === "sending";
        const isSending = ticket.phase.name === "sending";
        const under = left.get(ticket.key) ?? draft;
        expect(isSending && !wasSending ? under : draft).toBe(draft);
        // What was turned away at the door has not left.
        const turnedAway = next.type === "refused" && isTurnedAway(next.desk);
        if (wasSending && !isSending && !turnedAway) left.set(before.key, draft);
      }
    }),
  );
});

function isTurnedAway({ code }: DeskErrorData): boolean {
  return code === "UNAUTHENTICATED" || code === "TOO_MANY_REQUESTS";
}

test("[UT56] an outdated preview places nothing: the same order is asked for again, under its key", () => {
  const refusedPreview: TicketEvent = { type: "refused", desk: desk({ code: "PREVIEW_OUTDATED" }) };
  const asked = after([review, sent, refusedPreview]);
  expect([asked.phase, asked.key, asked.spent]).toEqual([{ name: "reviewing", outdated: true }, "key-1", false]);
  expect(after([sent, answered], asked).phase.name).toBe("answered");
  expect(after([edited], asked).phase).toEqual({ name: "editing" });
  const doubtful = after([review, sent, lost, sent, refusedPreview]);
  expect([doubtful.phase.name, doubtful.key]).toEqual(["doubtful", "key-1"]);
});
