import type { GatewayEventName, GatewayEvents } from "../session/GatewayEvents.ts";
import type { Heard, Ticker } from "./Ticker.ts";

/** How events are hung on to: a gateway's `on`, or that of a question. */
type On = <Name extends GatewayEventName>(name: Name, listener: (...told: GatewayEvents[Name]) => void) => unknown;

export interface TickListeners {
  /** Whose ticks they are; undefined where nobody's. */
  readonly tickerOf: (requestId: number) => Ticker | undefined;
  readonly heard: () => Heard;
  /** Something new was told. */
  readonly onNews: (requestId: number) => void;
}

/** Brings every tick to the request that it is of. */
export function hearTicks(on: On, { tickerOf, heard, onNews }: TickListeners): void {
  const take = (requestId: number, bring: (ticker: Ticker) => boolean): void => {
    const ticker = tickerOf(requestId);
    if (ticker !== undefined && bring(ticker)) onNews(requestId);
  };
  on("tickPrice", (id, type, price) => take(id, (ticker) => ticker.takePrice(type, price, heard())));
  on("tickSize", (id, type, size) => {
    if (type !== undefined && size !== undefined) take(id, (ticker) => ticker.takeSize(type, size, heard()));
  });
  on("tickString", (id, type, value) => take(id, (ticker) => ticker.takeString(type, value, heard())));
  on("tickGeneric", (id, type, value) => take(id, (ticker) => ticker.takeGeneric(type, value, heard())));
  on("marketDataType", (id, type) => take(id, (ticker) => ticker.takeType(type)));
}
