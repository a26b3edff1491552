import type { BrokerRegistry } from "@trenddojo/brokers";

/**
 * Connections to Interactive Brokers, whatever port they were added with, go to this one: each run has a gateway of its own,
 * and begins with a desk that was connected to another.
 * @param venue "http://127.0.0.1:4711"
 */
export function reachingVenue(venue: string): (registry: BrokerRegistry) => BrokerRegistry {
  const { port } = new URL(venue);
  return (registry) => ({
    ...registry,
    create: (request) =>
      registry.create(
        request.broker === "interactive_brokers"
          ? { ...request, credentials: { ...request.credentials, port } }
          : request,
      ),
  });
}
