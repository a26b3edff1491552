import { EventName, IBApi, OrderAction, OrderType, SecType, TimeInForce, type Contract } from "@stoqey/ib";

/** The vendor's client alone: no book, no judge, no budget. */
export class BareClient implements Disposable {
  readonly #api: IBApi;
  #nextId = 0;

  private constructor(port: number, clientId: number) {
    this.#api = new IBApi({ host: "127.0.0.1", port, clientId, maxReqPerSec: Number.POSITIVE_INFINITY });
    // What goes wrong shows in what does not come; without a listener it would be thrown.
    this.#api.on(EventName.error, () => undefined);
  }

  /** Resolves when it may place orders. */
  static async open(port: number, clientId: number): Promise<BareClient> {
    const client = new BareClient(port, clientId);
    const ready = new Promise<void>((resolve) => {
      client.#api.once(EventName.nextValidId, (id: number) => {
        client.#nextId = id;
        resolve();
      });
    });
    client.#api.connect(clientId);
    await ready;
    return client;
  }

  /** Buys a share at 50 until canceled; resolves when the gateway says that it has the order. */
  place(symbol: string, orderRef: string): Promise<void> {
    const orderId = this.#nextId;
    this.#nextId += 1;
    const taken = new Promise<void>((resolve) => {
      const hear = (id: number): void => {
        if (id !== orderId) return;
        this.#api.off(EventName.openOrder, hear);
        resolve();
      };
      this.#api.on(EventName.openOrder, hear);
    });
    this.#api.placeOrder(orderId, stock(symbol), {
      action: OrderAction.BUY,
      totalQuantity: 1,
      orderType: OrderType.LMT,
      lmtPrice: 50,
      tif: TimeInForce.GTC,
      transmit: true,
      orderRef,
    });
    return taken;
  }

  /** How many the gateway has open, told one by one. */
  async countOpenOrders(): Promise<number> {
    let count = 0;
    this.#api.on(EventName.openOrder, () => void (count += 1));
    const end = new Promise<void>((resolve) => this.#api.once(EventName.openOrderEnd, () => resolve()));
    this.#api.reqAllOpenOrders();
    await end;
    return count;
  }

  /** Tells each tick of each symbol. */
  listen(symbols: readonly string[], onTick: () => void): void {
    this.#api.on(EventName.tickPrice, onTick);
    this.#api.on(EventName.tickSize, onTick);
    for (const [index, symbol] of symbols.entries()) this.#api.reqMktData(index + 1, stock(symbol), "", false, false);
  }

  [Symbol.dispose](): void {
    this.#api.disconnect();
  }
}

const stock = (symbol: string): Contract => ({ symbol, secType: SecType.STK, exchange: "SMART", currency: "USD" });
