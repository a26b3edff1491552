import type { BrokerCard, InstrumentView } from "@trenddojo/server/wire";
import type { DraftField, TicketDraft } from "../model/ticketDraft.ts";
import type { IssueField } from "../model/ticketIssues.ts";

/** What every part of a ticket's form works with. */
export interface TicketPart {
  readonly draft: TicketDraft;
  readonly edit: (change: Partial<TicketDraft>) => void;
  /** The draft's own problems and the desk's objections, beside their field. */
  readonly problemsOf: (field: DraftField | IssueField) => readonly string[];
  readonly locked: boolean;
  readonly instrument: InstrumentView;
  readonly capabilities: BrokerCard["capabilities"];
  /** The market's latest price; undefined while there is none. */
  readonly referencePrice: string | undefined;
}
