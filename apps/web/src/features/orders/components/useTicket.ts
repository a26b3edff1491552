import type { AccountView } from "@trenddojo/server/wire";
import { useMemo, useReducer, useState } from "react";
import { useDesk } from "../../../lib/desk.ts";
import { readFailure } from "../../../lib/deskError.ts";
import { usePlaceOrder } from "../api/placeOrder.ts";
import { openTicket, reduceTicket } from "../model/ticket.ts";
import { draftProblems, EMPTY_DRAFT, toOrderInput } from "../model/ticketDraft.ts";
import type { TicketDraft } from "../model/ticketDraft.ts";

interface UseTicketOptions {
  readonly account: AccountView;
  readonly symbol: string;
  readonly start: Partial<TicketDraft>;
}

/** Ties a ticket's state to the desk: the key is minted when it opens and goes with every click and retry. */
export function useTicket({ account, symbol, start }: UseTicketOptions) {
  const { mintKey } = useDesk();
  const place = usePlaceOrder();
  const [ticket, dispatch] = useReducer(reduceTicket, undefined, () =>
    openTicket({ ...EMPTY_DRAFT, ...start }, mintKey()),
  );
  const [showsProblems, setShowsProblems] = useState(false);
  const { draft } = ticket;
  const order = useMemo(() => toOrderInput(symbol, draft), [symbol, draft]);

  const send = () => {
    if (order === undefined) return;
    dispatch({ type: "sent" });
    place.mutate(
      { accountId: account.id, idempotencyKey: ticket.key, order },
      {
        onSuccess: (answer) => {
          setShowsProblems(false);
          dispatch({ type: "answered", order: answer });
        },
        onError: (error) => {
          const failure = readFailure(error);
          dispatch(
            failure.kind === "refused"
              ? { type: "refused", desk: failure.desk }
              : { type: "lost", message: failure.message },
          );
        },
      },
    );
  };

  return {
    ticket,
    order,
    problems: draftProblems(draft),
    showsProblems,
    edit: (change: Partial<TicketDraft>) => dispatch({ type: "edited", change, freshKey: mintKey() }),
    review: () => {
      setShowsProblems(true);
      if (order !== undefined) dispatch({ type: "reviewed", freshKey: mintKey() });
    },
    back: () => dispatch({ type: "back" }),
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
