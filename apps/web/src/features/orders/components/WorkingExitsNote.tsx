import type { AccountView } from "@trenddojo/server/wire";
import { useStore } from "../../../lib/createStore.ts";
import type { TicketDraft } from "../model/ticketDraft.ts";
import { workingExitsText } from "../model/workingExits.ts";
import { useOrdersMemory } from "./OrdersMemory.tsx";

interface WorkingExitsNoteProps {
  readonly account: AccountView;
  readonly symbol: string;
  readonly draft: TicketDraft;
  readonly held: string | undefined;
}

/** On a ticket that closes a position: what becomes of the exits that work for it, as far as the page knows of them. */
export function WorkingExitsNote({ account, symbol, draft, held }: WorkingExitsNoteProps) {
  const text = workingExitsText({ account, symbol, draft, held }, useStore(useOrdersMemory().book.known));
  return text === undefined ? null : <output className="text-muted">{text}</output>;
}
