import { expect, test } from "vitest";
import { anOrder } from "../../../testing/builders.ts";
import { openTicket, reduceTicket } from "./ticket.ts";
import type { TicketEvent } from "./ticket.ts";
import { EMPTY_DRAFT } from "./ticketDraft.ts";
import { createTicketShelf } from "./ticketShelf.ts";

const place = "account-1 AAPL";
const sending = [{ type: "reviewed", freshKey: "k" }, { type: "sent" }] as const satisfies readonly TicketEvent[];
const sent = sending.reduce(reduceTicket, openTicket({ ...EMPTY_DRAFT, quantity: "5" }, "key-1"));
const lost: TicketEvent = { type: "lost", message: "no answer" };
const answered: TicketEvent = { type: "answered", order: anOrder() };

/** A shelf on which a sent ticket was left by its screen. */
function left() {
  const shelf = createTicketShelf();
  const leave = shelf.show(place);
  shelf.put(place, sent);
  leave();
  return shelf;
}
const onShelf = (shelf: ReturnType<typeof createTicketShelf>) => shelf.tickets.get().get(place);

test("[UT21] a sent ticket whose screen was left keeps its key and its draft, and learns what became of it", () => {
  const shelf = left();
  expect(onShelf(shelf)).toBe(sent);
  shelf.settle(place, "key-1", lost);
  expect(onShelf(shelf)).toMatchObject({ key: "key-1", draft: { quantity: "5" }, phase: { name: "doubtful" } });
});

test("[UT22] a ticket that waits for nothing goes with its screen; one that was answered unseen goes with its answer", () => {
  const shelf = createTicketShelf();
  const leave = shelf.show(place);
  shelf.put(place, openTicket(EMPTY_DRAFT, "key-1"));
  leave();
  expect(onShelf(shelf)).toBeUndefined();
  const other = left();
  other.settle(place, "key-1", answered);
  expect(onShelf(other)).toBeUndefined();
});

test("[UT23] an answer to another key, or to another place, touches no ticket", () => {
  const shelf = left();
  shelf.settle(place, "key-0", answered);
  shelf.settle("account-1 MSFT", "key-1", answered);
  expect(onShelf(shelf)).toBe(sent);
});

test("[UT24] a ticket on the screen shows its answer", () => {
  const shelf = left();
  shelf.show(place);
  shelf.settle(place, "key-1", answered);
  expect(onShelf(shelf)?.phase.name).toBe("answered");
});
