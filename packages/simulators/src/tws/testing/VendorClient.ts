import { EventName, IBApi, OrderAction, OrderType, SecType, TimeInForce, type Contract, type Order } from "@stoqey/ib";
import { until } from "../../alpaca/testing/until.ts";
import type { TwsBench } from "./TwsBench.ts";

/** What the vendor's port told its user: an event and its arguments. */
export interface Heard {
  readonly event: string;
  readonly args: readonly unknown[];
}

export const stock = (symbol: string): Contract => ({
  symbol,
  secType: SecType.STK,
  exchange: "SMART",
  currency: "USD",
});

/** A day order to buy ten at the market, but for what is given. */
export const order = (change: Partial<Order> = {}): Order => ({
  action: OrderAction.BUY,
  totalQuantity: 10,
  orderType: OrderType.MKT,
  tif: TimeInForce.DAY,
  transmit: true,
  ...change,
});

export const limit = (lmtPrice: number, change: Partial<Order> = {}): Order =>
  order({ orderType: OrderType.LMT, lmtPrice, ...change });

const NOISE: ReadonlySet<string> = new Set(["sent", "received", "result", "info", "currentTime"]);

/** The vendor's own client, unmodified, in a session with the simulator. */
export class VendorClient implements Disposable {
  readonly api: IBApi;
  readonly heard: Heard[] = [];
  readonly infos: number[] = [];
  #nextId = 0;
  #times = 0;
  #isConnected = false;

  private constructor(port: number, clientId: number) {
    this.api = new IBApi({ host: "127.0.0.1", port, clientId, maxReqPerSec: 100_000 });
    this.api.on(EventName.all, (event: string, args: readonly unknown[]) => {
      if (event === EventName.connected) this.#isConnected = true;
      if (event === EventName.disconnected) this.#isConnected = false;
      if (event === EventName.currentTime) this.#times += 1;
      if (event === EventName.info) this.infos.push(Number(args[1]));
      if (!NOISE.has(event)) this.heard.push({ event, args });
    });
    this.api.on(EventName.nextValidId, (id: number) => (this.#nextId = id));
    // What goes wrong is in `heard`; without a listener it would be thrown.
    this.api.on(EventName.error, () => undefined);
  }

  static start(bench: Pick<TwsBench, "simulator">, clientId = 1): VendorClient {
    const client = new VendorClient(bench.simulator.port, clientId);
    client.api.connect(clientId);
    return client;
  }

  /** Resolves when it is in. */
  static async open(bench: Pick<TwsBench, "simulator">, clientId = 1): Promise<VendorClient> {
    const client = VendorClient.start(bench, clientId);
    await until(() => client.#nextId > 0);
    await client.settled();
    client.heard.length = 0;
    return client;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** As the gateway told it last. */
  get nextId(): number {
    return this.#nextId;
  }

  /** Resolves when everything that was asked for so far is answered. */
  async settled(): Promise<void> {
    const before = this.#times;
    this.api.reqCurrentTime();
    await until(() => this.#times > before);
  }

  /** Places an order, and tells what came of it by now. */
  async place(id: number, given: Order, contract: Contract = stock("AAPL")): Promise<readonly string[]> {
    this.heard.length = 0;
    this.api.placeOrder(id, contract, given);
    return this.story();
  }

  async cancel(id: number): Promise<readonly string[]> {
    this.heard.length = 0;
    this.api.cancelOrder(id);
    return this.story();
  }

  of(event: EventName): readonly (readonly unknown[])[] {
    return this.heard.filter((each) => each.event === event).map(({ args }) => args);
  }

  /** What was heard of orders since the last time: "orderStatus 1 Filled 10". */
  async story(): Promise<readonly string[]> {
    await this.settled();
    const lines = this.heard.flatMap(({ event, args }) => lineOf(event, args) ?? []);
    this.heard.length = 0;
    return lines;
  }

  [Symbol.dispose](): void {
    this.api.disconnect();
  }
}

function lineOf(event: string, args: readonly unknown[]): string | undefined {
  const [first, second, third, fourth] = args;
  switch (event) {
    case "openOrder":
      return `openOrder ${String(first)} ${fieldOf(fourth, "status")}`;
    case "orderStatus":
      return `orderStatus ${String(first)} ${String(second)} ${String(third)}`;
    case "execDetails":
      return `execDetails ${fieldOf(third, "orderId")} ${fieldOf(third, "shares")}`;
    case "commissionReport":
      return "commissionReport";
    case "error":
      return `error ${String(second)} ${String(third)}`;
    default:
      return undefined;
  }
}

/** A field of what the vendor's client gives without a type. */
export function fieldOf(value: unknown, field: string): string {
  return typeof value === "object" && value !== null ? String(Reflect.get(value, field)) : "";
}
