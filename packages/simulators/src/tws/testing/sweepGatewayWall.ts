import { createBrokerRegistry, placeIntent } from "@trenddojo/brokers";
import { connectionId, type Mode } from "@trenddojo/brokers/domain";
import { InteractiveBrokersClient, limitOrder, seededRandom, silentLogger } from "@trenddojo/brokers/testing";
import { TwsClientBench } from "./TwsClientBench.ts";

export interface GatewayWallCount {
  readonly cases: number;
  /** No client was made, or it did not come to be connected. */
  readonly refused: number;
  /** Orders that came to a gateway of paper accounts alone. */
  readonly paperOrders: number;
  /** Orders that came to a gateway that is logged in to real money, or of another mode than paper. There may be none. */
  readonly liveOrders: number;
  /** The same of a process that may trade real money: without it nothing would be proven. */
  readonly control: number;
}

/** Of each what is right comes first. */
const LOGINS = [
  ["DU1234567"],
  ["DU1234567"],
  ["U7654321"],
  ["DU1234567", "U7654321"],
  ["DU1234567", "DU2"],
  ["F1"],
  ["DF1"],
];
const MODES = ["paper", "paper", "paper", "mock", "live", "LIVE", "", null] as const;
const ORDER_MODES = ["paper", "paper", "live", "mock"] as const satisfies readonly Mode[];
const PREFIXES = ["tdP-", "tdP-", "tdL-", "tdM-", ""];
const NOT_ACKNOWLEDGED = [undefined, false, null, 1, "true", {}, [true]];
/** The ports of paper and of live logins, where nobody listens here, and hosts that are none of ours. */
const PORTS = [null, null, null, null, "4001", "4002", "7496", "7497"];
const HOSTS = ["127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.1", "203.0.113.7", "::ffff:8.8.8.8", "169.254.169.254"];
const ACCOUNTS = [undefined, undefined, "DU1234567", "U7654321", "du1234567"];

/** Tries to get orders to real money at Interactive Brokers by what somebody configured wrong, on the desk's own way of an order. */
export async function sweepGatewayWall({
  cases,
  seed,
}: {
  readonly cases: number;
  readonly seed: number;
}): Promise<GatewayWallCount> {
  const random = seededRandom(seed);
  // As it should be as often as not, so that what is wrong with a case is now and then one thing alone.
  const pick = <Item>(items: readonly Item[]): Item | undefined =>
    items[random.next() < 0.5 ? 0 : random.integer(items.length)];
  const count = { cases: 0, refused: 0, paperOrders: 0, liveOrders: 0 };
  while (count.cases < cases && count.liveOrders === 0) {
    const login = pick(LOGINS) ?? [];
    const asked = {
      mode: pick(MODES),
      host: pick(HOSTS),
      port: pick(PORTS),
      account: pick(ACCOUNTS),
      liveAcknowledged: pick(NOT_ACKNOWLEDGED),
      orderMode: pick(ORDER_MODES) ?? "paper",
      prefix: pick(PREFIXES) ?? "",
    };
    const { isConnected, orders } = await attempt(login, asked);
    count.cases += 1;
    if (!isConnected) count.refused += 1;
    const isPaper = asked.orderMode === "paper" && login.every((account) => account.startsWith("D"));
    count[isPaper ? "paperOrders" : "liveOrders"] += orders;
  }
  const own = { mode: "live", host: "127.0.0.1", port: null, account: undefined, liveAcknowledged: true } as const;
  return { ...count, control: (await attempt(["U7654321"], { ...own, orderMode: "live", prefix: "tdL-" })).orders };
}

interface Asked {
  readonly mode: unknown;
  readonly host: string | undefined;
  readonly port: string | null | undefined;
  readonly account: string | undefined;
  readonly liveAcknowledged: unknown;
  readonly orderMode: Mode;
  /** Of the order's id at the broker. */
  readonly prefix: string;
}

async function attempt(login: readonly string[], asked: Asked) {
  await using bench = await TwsClientBench.open({ accounts: login.map((id) => ({ id })) });
  const { simulator, clock, feed, orderIds } = bench;
  const isConnected = await bench.whileTimePasses(trade());
  await bench.settle();
  return { isConnected, orders: simulator.journal.requests().filter(({ request }) => request === "placeOrder").length };

  async function trade(): Promise<boolean> {
    let client: InteractiveBrokersClient | null = null;
    try {
      const credentials = {
        host: asked.host ?? "",
        port: asked.port ?? String(simulator.port),
        clientId: "3",
        account: asked.account ?? "",
      };
      const registry = Reflect.apply(createBrokerRegistry, null, [
        {
          deps: { clock, random: seededRandom(1), logger: silentLogger },
          liveAcknowledged: asked.liveAcknowledged,
          paper: { feed, openStore: () => Promise.reject(new Error("no paper account is opened here")) },
          interactiveBrokersOrderIds: () => orderIds,
        },
      ]);
      const request = {
        connectionId: connectionId("c1"),
        broker: "interactive_brokers",
        mode: asked.mode,
        credentials,
      };
      const made: unknown = Reflect.apply(registry.create, registry, [request]);
      if (!(made instanceof InteractiveBrokersClient)) return false;
      client = made;
      await client.connect();
    } catch {
      // An unfit configuration may fail in any way but by getting through: the gateway's journal tells.
    }
    if (client === null) return false;
    const isConnected = client.isConnected();
    // Asked of one that did not come to be connected too, and of one of another mode.
    const intent = { mode: asked.orderMode, request: limitOrder("AAPL", "buy", 1, 90, `${asked.prefix}0192f0c1a2`) };
    await placeIntent(client, intent).catch(() => undefined);
    await client.disconnect();
    return isConnected;
  }
}
