import type { Instrument } from "@trenddojo/brokers/domain";
import type { PlaceOrder } from "../wire/TwsRequest.ts";
import type { OrderTicket } from "./OrderTicket.ts";

/** An order as a client sent it, read. */
export interface Placement {
  readonly clientId: number;
  readonly orderId: number;
  readonly sent: PlaceOrder;
  readonly ticket: OrderTicket;
  readonly instrument: Instrument;
}
