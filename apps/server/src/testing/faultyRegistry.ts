import type { BrokerClient, BrokerRegistry } from "@trenddojo/brokers";

/** What happens to a call on its way to the broker; without one it passes. */
export type Faults = { -readonly [Name in keyof BrokerClient]?: (client: BrokerClient) => BrokerClient[Name] };

/** Every client as the registry makes it, but for the faults that are switched on at the moment of the call. */
export function faultyRegistry(faults: Faults): (registry: BrokerRegistry) => BrokerRegistry {
  return (registry) => ({
    descriptions: () => registry.descriptions(),
    description: (broker) => registry.description(broker),
    create: (request) => withFaults(registry.create(request), faults),
    prove: (request, options) => registry.prove(request, options),
    probe: (request, options) => registry.probe(request, options),
  });
}

function withFaults(client: BrokerClient, faults: Faults): BrokerClient {
  return new Proxy(client, {
    get(target, name) {
      const fault: unknown = Reflect.get(faults, name);
      if (typeof fault === "function") return fault(target);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
