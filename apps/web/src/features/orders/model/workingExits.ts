import type { AccountView, OrderView } from "@trenddojo/server/wire";
import { signOf } from "../../../lib/decimalText.ts";
import type { KnownOrders } from "./orderBook.ts";
import { isOpen } from "./orderStateText.ts";
import type { TicketDraft } from "./ticketDraft.ts";

interface Closing {
  readonly account: AccountView;
  readonly symbol: string;
  readonly draft: Pick<TicketDraft, "side">;
  /** The position, below zero where it was sold short; undefined while it is not known. */
  readonly held: string | undefined;
}

/** What a ticket that closes a position says of the exits that work for it; undefined where none do. */
export function workingExitsText(
  { account, symbol, draft, held = "0" }: Closing,
  known: KnownOrders,
): string | undefined {
  if (signOf(held) !== (draft.side === "sell" ? 1 : -1)) return undefined;
  const isExit = ({ accountId, group, ...order }: OrderView) =>
    accountId === account.id && order.symbol === symbol && group !== null && group.role !== "entry";
  const exits = [...known.values()].filter(
    ({ order }) => isExit(order) && isOpen(order) && !order.isHeld && order.side === draft.side,
  );
  if (exits.length === 0) return undefined;
  const subject = exits.length === 1 ? "1 exit is" : `${exits.length} exits are`;
  const [they, shrink] = exits.length === 1 ? ["it", "shrinks"] : ["they", "shrink"];
  return `${subject} working for this position; ${isPaperExchange(account) ? `${they} ${shrink} with it` : `cancel what should not outlive it`}.`;
}

/** The paper exchange keeps exits within their position; of another broker nobody here can promise that. */
function isPaperExchange({ broker, mode }: AccountView): boolean {
  return broker === "paper" || mode === "mock";
}
