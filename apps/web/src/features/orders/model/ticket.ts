import type { DeskErrorData, OrderView } from "@trenddojo/server/wire";
import type { TicketDraft } from "./ticketDraft.ts";

/**
 * Where a ticket stands. `doubtful`: no answer came, so the order may exist; the same key is sent again or the order
 * is looked up, and the draft cannot be changed under it.
 */
export type TicketPhase =
  | { readonly name: "editing" }
  /** `outdated`: it was sent, and the desk wants a newer preview looked at first. Nothing was placed. */
  | { readonly name: "reviewing"; readonly outdated?: true }
  /** `again`: an earlier sending under this key was never answered. */
  | { readonly name: "sending"; readonly again: boolean }
  | { readonly name: "doubtful"; readonly message: string }
  | { readonly name: "refused"; readonly desk: DeskErrorData }
  | { readonly name: "answered"; readonly order: OrderView };

export interface Ticket {
  readonly draft: TicketDraft;
  /** Goes with every click and retry of this order, so that it can be placed once only. */
  readonly key: string;
  /** The key has been answered for: another order needs another key. */
  readonly spent: boolean;
  readonly phase: TicketPhase;
}

/** `freshKey` is used only where the ticket needs a new one. */
export type TicketEvent =
  | { readonly type: "edited"; readonly change: Partial<TicketDraft>; readonly freshKey: string }
  | { readonly type: "reviewed"; readonly freshKey: string }
  | { readonly type: "back" }
  | { readonly type: "sent" }
  | { readonly type: "answered"; readonly order: OrderView }
  | { readonly type: "refused"; readonly desk: DeskErrorData }
  | { readonly type: "lost"; readonly message: string }
  | { readonly type: "renewed"; readonly draft: TicketDraft; readonly freshKey: string };

export function openTicket(draft: TicketDraft, key: string): Ticket {
  return { draft, key, spent: false, phase: { name: "editing" } };
}

/** One step of a ticket. An event that does not fit the phase changes nothing. */
export function reduceTicket(ticket: Ticket, event: TicketEvent): Ticket {
  const phase = ticket.phase.name;
  switch (event.type) {
    case "edited": {
      if (phase === "sending" || phase === "doubtful") return ticket;
      return {
        ...withUsableKey(ticket, event.freshKey),
        draft: { ...ticket.draft, ...event.change },
        phase: { name: "editing" },
      };
    }
    case "reviewed": {
      if (phase === "sending" || phase === "doubtful") return ticket;
      return { ...withUsableKey(ticket, event.freshKey), phase: { name: "reviewing" } };
    }
    case "back":
      return phase === "reviewing" || phase === "refused" ? { ...ticket, phase: { name: "editing" } } : ticket;
    case "sent":
      return phase === "reviewing" || phase === "doubtful"
        ? { ...ticket, phase: { name: "sending", again: phase === "doubtful" } }
        : ticket;
    case "answered":
      return phase === "sending" ? { ...ticket, spent: true, phase: { name: "answered", order: event.order } } : ticket;
    case "refused":
      return ticket.phase.name === "sending" ? afterRefusal(ticket, ticket.phase.again, event.desk) : ticket;
    case "lost":
      return phase === "sending" ? { ...ticket, phase: { name: "doubtful", message: event.message } } : ticket;
    case "renewed":
      return phase === "sending" ? ticket : openTicket(event.draft, event.freshKey);
  }
}

function withUsableKey(ticket: Ticket, freshKey: string): Ticket {
  return ticket.spent ? { ...ticket, key: freshKey, spent: false } : ticket;
}

/** Sent, and nobody knows yet what became of it: the key and the draft must be kept. */
export function isUnanswered({ phase }: Ticket): boolean {
  return phase.name === "sending" || phase.name === "doubtful";
}

/** The order may exist in spite of the refusal: the desk says so, or failed at a point that it does not know itself. */
export function leavesDoubt(desk: DeskErrorData): boolean {
  return desk.outcome === "unknown" || desk.code === "INTERNAL";
}

/** An ended session or a full bucket stopped the call at the door: the key is as good as before. */
const TURNED_AWAY: ReadonlySet<DeskErrorData["code"]> = new Set(["UNAUTHENTICATED", "TOO_MANY_REQUESTS"]);

function afterRefusal(ticket: Ticket, again: boolean, desk: DeskErrorData): Ticket {
  const turnedAway = TURNED_AWAY.has(desk.code);
  // Turned away at the door says nothing of the sending before.
  if (leavesDoubt(desk) || (turnedAway && again))
    return { ...ticket, phase: { name: "doubtful", message: desk.message } };
  // The desk answers a key that it knows with its order before it looks at the preview: this one was not placed.
  // Of a sending before that was never answered it says nothing.
  if (desk.code === "PREVIEW_OUTDATED" && again)
    return { ...ticket, phase: { name: "doubtful", message: desk.message } };
  if (desk.code === "PREVIEW_OUTDATED") return { ...ticket, phase: { name: "reviewing", outdated: true } };
  if (desk.code === "UNAUTHENTICATED") return { ...ticket, phase: { name: "reviewing" } };
  return { ...ticket, spent: ticket.spent || !turnedAway, phase: { name: "refused", desk } };
}
