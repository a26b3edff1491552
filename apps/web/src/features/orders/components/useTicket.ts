import type { AccountView, OrderInput } from "@trenddojo/server/wire";
import { useLayoutEffect, useMemo, useState } from "react";
import { useStore } from "../../../lib/createStore.ts";
import { useDesk } from "../../../lib/desk.ts";
import { usePlaceOrder } from "../api/placeOrder.ts";
import { openTicket, reduceTicket } from "../model/ticket.ts";
import type { TicketEvent } from "../model/ticket.ts";
import { draftProblems, EMPTY_DRAFT, toOrderInput } from "../model/ticketDraft.ts";
import type { TicketDraft } from "../model/ticketDraft.ts";
import { ticketPlace } from "../model/ticketShelf.ts";
import { useOrdersMemory } from "./OrdersMemory.tsx";

interface UseTicketOptions {
  readonly account: AccountView;
  readonly symbol: string;
  /** How a new ticket begins; one that still waits for its answer stands as it was sent. */
  readonly start: Partial<TicketDraft>;
}

/** Ties a ticket's state to the desk: the key is minted when it opens and goes with every click and retry. */
export function useTicket({ account, symbol, start }: UseTicketOptions) {
  const { mintKey } = useDesk();
  const { shelf } = useOrdersMemory();
  const place = usePlaceOrder();
  const shelfPlace = ticketPlace(account.id, symbol);
  const [fresh] = useState(() => openTicket({ ...EMPTY_DRAFT, ...start }, mintKey()));
  const ticket = useStore(shelf.tickets).get(shelfPlace) ?? fresh;
  useLayoutEffect(() => shelf.show(shelfPlace), [shelf, shelfPlace]);
  const [acknowledged, setAcknowledged] = useState<OrderInput>();
  const [showsProblems, setShowsProblems] = useState(false);
  const { draft } = ticket;
  const order = useMemo(() => toOrderInput(symbol, draft), [symbol, draft]);

  // Any change makes it another order, of which nothing was said.
  const acknowledgesUnknown = order !== undefined && acknowledged === order;

  const dispatch = (event: TicketEvent) =>
    shelf.put(shelfPlace, reduceTicket(shelf.tickets.get().get(shelfPlace) ?? fresh, event));
  const send = (previewToken: string | undefined) => {
    if (order === undefined) return;
    dispatch({ type: "sent" });
    place.mutate({
      accountId: account.id,
      idempotencyKey: ticket.key,
      order,
      ...(previewToken === undefined ? {} : { previewToken }),
      ...(acknowledgesUnknown ? { acknowledgesUnknown } : {}),
    });
  };

  return {
    ticket,
    order,
    problems: draftProblems(draft),
    showsProblems,
    acknowledgesUnknown,
    acknowledgeUnknown: (acknowledges: boolean) => setAcknowledged(acknowledges ? order : undefined),
    edit: (change: Partial<TicketDraft>) => {
      if (ticket.phase.name === "answered") setShowsProblems(false);
      dispatch({ type: "edited", change, freshKey: mintKey() });
    },
    review: () => {
      setShowsProblems(true);
      if (order !== undefined) dispatch({ type: "reviewed", freshKey: mintKey() });
    },
    back: () => dispatch({ type: "back" }),
    /** With the token of the preview that was looked at, where there was one. */
    send,
    /** A new ticket: the same side and type, no numbers. */
    renew: () => {
      setShowsProblems(false);
      dispatch({
        type: "renewed",
        draft: { ...EMPTY_DRAFT, side: draft.side, type: draft.type, timeInForce: draft.timeInForce },
        freshKey: mintKey(),
      });
    },
  };
}
