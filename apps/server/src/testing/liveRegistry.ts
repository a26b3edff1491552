import type { BrokerClient, BrokerRegistry } from "@trenddojo/brokers";

/** The broker that offers real money in a test. */
const LIVE_BROKER = "alpaca";

/**
 * A registry whose Alpaca takes orders of "real money": behind it stands the mock in this process, which says that it is a
 * live client and knows no address at all.
 * @param written gets the client order id of each order that comes to it
 */
export function liveRegistry(written: string[]): (registry: BrokerRegistry) => BrokerRegistry {
  return (registry) => ({
    descriptions: () => registry.descriptions().map(offered),
    description: (broker) => {
      const found = registry.description(broker);
      return found === undefined ? undefined : offered(found);
    },
    create: (request) =>
      request.mode === "live"
        ? sayingLive(registry.create({ ...request, mode: "mock", credentials: {} }), written)
        : registry.create(request),
    prove: (request, options) => (request.mode === "live" ? Promise.resolve(null) : registry.prove(request, options)),
    probe: (request, options) => registry.probe(request, options),
  });
}

type Description = ReturnType<BrokerRegistry["descriptions"]>[number];

function offered(description: Description): Description {
  if (description.key !== LIVE_BROKER) return description;
  return { ...description, modes: [...new Set([...description.modes, "live" as const])], credentialFields: [] };
}

function sayingLive(client: BrokerClient, written: string[]): BrokerClient {
  return new Proxy(client, {
    get(target, name) {
      if (name === "mode") return "live";
      if (name === "getAccountInfo") {
        const getAccountInfo: BrokerClient["getAccountInfo"] = async (options) => ({
          ...(await target.getAccountInfo(options)),
          mode: "live",
        });
        return getAccountInfo;
      }
      if (name === "placeOrder") {
        const placeOrder: BrokerClient["placeOrder"] = (order, options) => {
          written.push(order.clientOrderId ?? "");
          return target.placeOrder(order, options);
        };
        return placeOrder;
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
