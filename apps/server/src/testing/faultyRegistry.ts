import type { BrokerClient, BrokerRegistry } from "@trenddojo/brokers";

/** What happens to an order on its way to the broker; null lets it pass. */
export interface Faults {
  placeOrder: ((client: BrokerClient) => BrokerClient["placeOrder"]) | null;
}

/** Every client as the registry makes it, but for the faults that are switched on at the moment of the call. */
export function faultyRegistry(faults: Faults): (registry: BrokerRegistry) => BrokerRegistry {
  return (registry) => ({
    descriptions: () => registry.descriptions(),
    description: (broker) => registry.description(broker),
    create: (request) => withFaults(registry.create(request), faults),
  });
}

function withFaults(client: BrokerClient, faults: Faults): BrokerClient {
  return new Proxy(client, {
    get(target, name) {
      if (name === "placeOrder" && faults.placeOrder !== null) return faults.placeOrder(target);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
