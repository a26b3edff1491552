import { alpacaEntry } from "./alpaca/alpacaEntry.ts";
import type { AlpacaVenue } from "./alpaca/AlpacaEndpoints.ts";
import { BrokerError } from "./BrokerError.ts";
import type { BrokerRegistry, ClientRequest } from "./BrokerRegistry.ts";
import { validateBrokerCredentials } from "./credentials/validateBrokerCredentials.ts";
import { brokerDeps, type BrokerDeps } from "./deps.ts";
import type { BrokerDescription } from "./domain/capabilities.ts";
import { money } from "./domain/decimal.ts";
import { BrokerErrorCode } from "./domain/errorCode.ts";
import { fieldsOfMode } from "./domain/fieldsOfMode.ts";
import type { ConnectionId } from "./domain/ids.ts";
import { MODES, type Mode } from "./domain/Mode.ts";
import type { Random } from "./domain/Random.ts";
import type { MarketFeed } from "./feeds/MarketFeed.ts";
import { ibEntry } from "./interactive-brokers/ibEntry.ts";
import type { OrderIdStore } from "./interactive-brokers/OrderIdStore.ts";
import { createMockAccount } from "./mock/createMockAccount.ts";
import type { MockAccount } from "./mock/MockConfig.ts";
import { PaperClient } from "./paper/PaperClient.ts";
import { LARGEST_STARTING_CASH, paperCapabilities, sharedFeed, type RiskPolicy } from "./paper/PaperConfig.ts";
import type { PaperStore } from "./paper/PaperStore.ts";
import type { EntryParts, ModeEntry, RegistryEntry } from "./RegistryEntry.ts";

export { alpacaSimulatorAt } from "./alpaca/alpacaSimulatorAt.ts";
export type { AlpacaVenue, OrderIdStore };

export interface BrokerRegistryOptions {
  readonly deps?: Partial<BrokerDeps>;
  /** This process may trade real money: without it no broker offers a live mode, and no client of one is made. */
  readonly liveAcknowledged?: true;
  /** A simulator in place of Alpaca's paper environment. @default Alpaca itself */
  readonly alpacaVenue?: AlpacaVenue;
  /**
   * Where the order ids are kept that were given to a connection's gateway; without one that outlives the process, Interactive
   * Brokers can only be mocked: a gateway that restarts gives its ids out again.
   */
  readonly interactiveBrokersOrderIds?: (connectionId: ConnectionId) => OrderIdStore;
  readonly paper: {
    /** Prices of every paper and mock account; its owner starts nothing and disposes it. */
    readonly feed: MarketFeed;
    /** Where the account of a connection is kept. */
    readonly openStore: (connectionId: ConnectionId) => PaperStore;
    /** What sets the ids of that account's orders apart (PX3). @default 1 */
    readonly seed?: (connectionId: ConnectionId) => number;
    /** Asked anew for every order. @default DEFAULT_RISK_POLICY */
    readonly riskPolicy?: (connectionId: ConnectionId) => RiskPolicy;
  };
}

const DEFAULT_STARTING_CASH = "100000";

/**
 * The brokers that can be connected; the one file that knows them by name.
 * @throws BrokerError NOT_SUPPORTED for a simulator in a process that may trade real money
 */
export function createBrokerRegistry(options: BrokerRegistryOptions): BrokerRegistry {
  const entries = entriesOf(options);
  const descriptions = entries.map(describe);
  const entryOf = (broker: string): RegistryEntry | undefined =>
    entries.find(({ description }) => description.key === broker);
  return {
    descriptions: () => descriptions,
    description: (broker) => descriptions.find(({ key }) => key === broker),
    create: (request) => modeEntryOf(entryOf(request.broker), request).create(request),
    prove: async (request, callOptions = {}) =>
      (await modeEntryOf(entryOf(request.broker), request).prove?.(request, callOptions)) ?? null,
    probe: async (request, callOptions = {}) => (await entryOf(request.broker)?.probe?.(request, callOptions)) ?? null,
  };
}

/** In the order in which a screen lists them. */
function entriesOf(options: BrokerRegistryOptions): readonly RegistryEntry[] {
  const { paper, liveAcknowledged } = options;
  const deps = brokerDeps(options.deps);
  const policyOf: EntryParts["policyOf"] = (connectionId) => {
    const { riskPolicy } = paper;
    return riskPolicy === undefined ? {} : { riskPolicy: () => riskPolicy(connectionId) };
  };
  const mockAccount = mockAccounts(deps.random);
  const parts: EntryParts = {
    deps,
    // By what was said, not by what its type says: real money is asked for by name.
    ...(liveAcknowledged === true ? { liveAcknowledged } : {}),
    mockConfig: (connectionId) => ({
      mode: "mock",
      feed: paper.feed,
      account: mockAccount(connectionId),
      ...policyOf(connectionId),
    }),
    policyOf,
  };
  return [
    paperEntry(parts, paper),
    alpacaEntry(parts, options.alpacaVenue),
    ibEntry(parts, options.interactiveBrokersOrderIds),
  ];
}

function describe({ description, modes }: RegistryEntry): BrokerDescription {
  return { ...description, modes: MODES.filter((mode) => modes[mode] !== undefined) };
}

/** @throws BrokerError for a broker, a mode or credentials that are not to be had here. */
function modeEntryOf<InMode extends Mode>(
  entry: RegistryEntry | undefined,
  { broker, mode, credentials }: ClientRequest<InMode>,
): ModeEntry<InMode> {
  if (entry === undefined) throw new BrokerError("there is no such broker here", BrokerErrorCode.NOT_SUPPORTED, broker);
  const { name, modes, credentialFields } = describe(entry);
  const modeEntry = modes.includes(mode) ? entry.modes[mode] : undefined;
  if (modeEntry === undefined) {
    throw new BrokerError(
      `${name} can be connected in ${modes.join(" or ")} mode, not in ${mode} mode`,
      BrokerErrorCode.NOT_SUPPORTED,
      broker,
    );
  }
  const { isValid, errors } = validateBrokerCredentials(fieldsOfMode(credentialFields, mode), credentials);
  if (!isValid) throw new BrokerError(errors.join("; "), BrokerErrorCode.AUTHENTICATION_FAILED, broker);
  return modeEntry;
}

function paperEntry({ deps, policyOf }: EntryParts, paper: BrokerRegistryOptions["paper"]): RegistryEntry {
  const capabilities = paperCapabilities(paper.feed.description);
  return {
    description: {
      key: "paper",
      name: "Paper",
      summary: "The built-in paper exchange: pretended money, kept here, against the desk's own prices.",
      credentialFields: [
        {
          name: "startingCash",
          label: "Starting cash in USD",
          kind: "number",
          required: false,
          defaultValue: DEFAULT_STARTING_CASH,
          largest: LARGEST_STARTING_CASH,
          help: "What the account begins with; it cannot be changed later.",
        },
      ],
      capabilities,
    },
    modes: {
      paper: {
        create: ({ connectionId, credentials }) =>
          new PaperClient(
            {
              mode: "paper",
              accountId: `PAPER-${connectionId.slice(-8).toUpperCase()}`,
              startingCash: money(credentials["startingCash"] || DEFAULT_STARTING_CASH),
              openFeed: sharedFeed(paper.feed),
              capabilities,
              store: paper.openStore(connectionId),
              seed: paper.seed?.(connectionId) ?? 1,
              ...policyOf(connectionId),
            },
            deps,
          ),
      },
    },
  };
}

/** Answers each connection's account, made when it is first asked for. */
function mockAccounts(random: Random): (connectionId: ConnectionId) => MockAccount {
  const accounts = new Map<ConnectionId, MockAccount>();
  return (connectionId) => {
    const account = accounts.get(connectionId) ?? createMockAccount(random);
    accounts.set(connectionId, account);
    return account;
  };
}
