import { BrokerError, type BrokerClient, type BrokerRegistry } from "@trenddojo/brokers";
import type { BrokerCredentials } from "@trenddojo/brokers";

/** The broker whose keys open accounts in a test. */
const KEYED_BROKER = "alpaca";

/** What happens to one client: its secret key says which. */
export interface KeyedVenue {
  /** The account that each secret key opens; any other is refused. */
  readonly accounts: ReadonlyMap<string, string>;
  /** Runs before an order is placed, with the secret key of the client that places it. */
  onPlace(secretKey: string): Promise<void>;
  /** Secret keys of the clients that are open now. */
  readonly open: Set<string>;
}

/** A registry whose Alpaca knows keys and no address at all: behind each stands the mock in this process. */
export function keyedRegistry(venue: KeyedVenue): (registry: BrokerRegistry) => BrokerRegistry {
  return (registry) => ({
    descriptions: () => registry.descriptions().map(offered),
    description: (broker) => {
      const found = registry.description(broker);
      return found === undefined ? undefined : offered(found);
    },
    create: (request) =>
      request.broker === KEYED_BROKER
        ? keyed(registry.create({ ...request, mode: "mock", credentials: {} }), venue, request)
        : registry.create(request),
    prove(request, options) {
      if (request.broker !== KEYED_BROKER) return registry.prove(request, options);
      const accountId = venue.accounts.get(secretOf(request.credentials));
      if (accountId !== undefined) return Promise.resolve({ accountId, checks: [] });
      return Promise.reject(new BrokerError("these keys open nothing", "AUTHENTICATION_FAILED", KEYED_BROKER));
    },
    probe: (request, options) => registry.probe(request, options),
  });
}

type Description = ReturnType<BrokerRegistry["descriptions"]>[number];

const secretOf = (credentials: BrokerCredentials): string => credentials["secretKey"] ?? "";

function offered(description: Description): Description {
  if (description.key !== KEYED_BROKER) return description;
  return { ...description, modes: ["paper", "live"] };
}

function keyed(
  client: BrokerClient,
  venue: KeyedVenue,
  { mode, credentials }: Parameters<BrokerRegistry["create"]>[0],
): BrokerClient {
  const secret = secretOf(credentials);
  return new Proxy(client, {
    get(target, name) {
      if (name === "mode") return mode;
      if (name === "connect") {
        const connect: BrokerClient["connect"] = async (options) => {
          const isNew = await target.connect(options);
          venue.open.add(secret);
          return isNew;
        };
        return connect;
      }
      if (name === "disconnect") {
        const disconnect: BrokerClient["disconnect"] = async () => {
          venue.open.delete(secret);
          await target.disconnect();
        };
        return disconnect;
      }
      if (name === "placeOrder") {
        const placeOrder: BrokerClient["placeOrder"] = async (order, options) => {
          await venue.onPlace(secret);
          return target.placeOrder(order, options);
        };
        return placeOrder;
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
