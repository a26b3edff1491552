import { createStore } from "../../../lib/createStore.ts";
import type { Store } from "../../../lib/createStore.ts";
import { isUnanswered, reduceTicket } from "./ticket.ts";
import type { Ticket, TicketEvent } from "./ticket.ts";

/** The tickets of the page by their place. They outlive the screen that shows them for as long as an answer is due. */
export interface TicketShelf {
  readonly tickets: Store<ReadonlyMap<string, Ticket>>;
  put(place: string, ticket: Ticket): void;
  /** What came of the sending under `key`; a ticket that has moved on to another key is left as it is. */
  settle(place: string, key: string, event: TicketEvent): void;
  /** A screen shows the ticket until the returned function is called; an unanswered one stays for the next screen. */
  show(place: string): () => void;
  isShown(place: string): boolean;
}

/** Each account has one ticket an instrument. */
export function ticketPlace(accountId: string, symbol: string): string {
  return `${accountId} ${symbol}`;
}

export function createTicketShelf(): TicketShelf {
  const tickets = createStore<ReadonlyMap<string, Ticket>>(new Map());
  const screens = new Map<string, number>();
  const drop = (place: string) => tickets.set(new Map([...tickets.get()].filter(([other]) => other !== place)));
  const put = (place: string, ticket: Ticket) => tickets.set(new Map([...tickets.get(), [place, ticket]]));
  const isShown = (place: string) => (screens.get(place) ?? 0) > 0;
  return {
    tickets,
    put,
    isShown,
    settle(place, key, event) {
      const ticket = tickets.get().get(place);
      if (ticket?.key !== key) return;
      const settled = reduceTicket(ticket, event);
      // Nobody waits to be told of a success; anything else is there when its screen is opened again.
      if (settled.phase.name === "answered" && !isShown(place)) drop(place);
      else put(place, settled);
    },
    show(place) {
      screens.set(place, (screens.get(place) ?? 0) + 1);
      return () => {
        screens.set(place, (screens.get(place) ?? 1) - 1);
        const ticket = tickets.get().get(place);
        if (ticket !== undefined && !isShown(place) && !isUnanswered(ticket)) drop(place);
      };
    },
  };
}
