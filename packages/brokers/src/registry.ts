import { ALPACA_CAPABILITIES } from "./alpaca/AlpacaCapabilities.ts";
import { AlpacaClient } from "./alpaca/AlpacaClient.ts";
import type { AlpacaVenue } from "./alpaca/AlpacaEndpoints.ts";
import { ALPACA_CREDENTIAL_FIELDS, readAlpacaCredentials } from "./alpaca/alpacaCredentials.ts";
import { proveAlpaca } from "./alpaca/account/proveAlpaca.ts";
import type { AlpacaPaperConfig } from "./alpaca/AlpacaTypes.ts";
import { AlpacaSchedulers } from "./alpaca/rest/AlpacaSchedulers.ts";
import type { BrokerClient, CallOptions } from "./BrokerClient.ts";
import { BrokerError } from "./BrokerError.ts";
import type { BrokerRegistry, ClientRequest, PlacesRequest } from "./BrokerRegistry.ts";
import { validateBrokerCredentials } from "./credentials/validateBrokerCredentials.ts";
import { brokerDeps, type BrokerDeps } from "./deps.ts";
import type { BrokerDescription } from "./domain/capabilities.ts";
import type { AccountProof } from "./domain/ConnectionCheck.ts";
import { money } from "./domain/decimal.ts";
import { BrokerErrorCode } from "./domain/errorCode.ts";
import { fieldsOfMode } from "./domain/fieldsOfMode.ts";
import type { ConnectionId } from "./domain/ids.ts";
import type { ProbedPlace } from "./domain/ProbedPlace.ts";
import type { Random } from "./domain/Random.ts";
import type { MarketFeed } from "./feeds/MarketFeed.ts";
import { IB_CAPABILITIES } from "./interactive-brokers/IBCapabilities.ts";
import { InteractiveBrokersClient } from "./interactive-brokers/IBClient.ts";
import { IB_CREDENTIAL_FIELDS, readIBCredentials } from "./interactive-brokers/ibCredentials.ts";
import type { IBPaperConfig } from "./interactive-brokers/IBTypes.ts";
import type { OrderIdStore } from "./interactive-brokers/OrderIdStore.ts";
import { probePlaces } from "./interactive-brokers/probePlaces.ts";
import { proveInteractiveBrokers } from "./interactive-brokers/session/proveInteractiveBrokers.ts";
import { createMockAccount } from "./mock/createMockAccount.ts";
import type { MockAccount, MockConfig } from "./mock/MockConfig.ts";
import { PaperClient } from "./paper/PaperClient.ts";
import {
  LARGEST_STARTING_CASH,
  PAPER_CAPABILITIES,
  paperCapabilities,
  sharedFeed,
  type RiskPolicy,
} from "./paper/PaperConfig.ts";
import type { PaperStore } from "./paper/PaperStore.ts";

export { alpacaSimulatorAt } from "./alpaca/alpacaSimulatorAt.ts";
export type { AlpacaVenue, OrderIdStore };

export interface BrokerRegistryOptions {
  readonly deps?: Partial<BrokerDeps>;
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

interface Entry {
  readonly description: BrokerDescription;
  readonly create: (request: ClientRequest, parts: EntryParts) => BrokerClient;
  /** Absent where the broker runs in this process. */
  readonly prove?: (request: ClientRequest, parts: EntryParts, options: CallOptions) => Promise<AccountProof | null>;
  /** Of a broker whose program can be looked for. */
  readonly probe?: (request: PlacesRequest, parts: EntryParts, options: CallOptions) => Promise<readonly ProbedPlace[]>;
}

interface EntryParts {
  readonly deps: BrokerDeps;
  readonly paper: BrokerRegistryOptions["paper"];
  readonly alpacaVenue: AlpacaVenue | undefined;
  readonly alpacaSchedulers: AlpacaSchedulers;
  readonly interactiveBrokersOrderIds: BrokerRegistryOptions["interactiveBrokersOrderIds"];
  /** The invented account of a connection, the same for as long as the process lives. */
  readonly mockAccount: (connectionId: ConnectionId) => MockAccount;
}

const DEFAULT_STARTING_CASH = "100000";

const ENTRIES: readonly Entry[] = [
  {
    description: {
      key: "paper",
      name: "Paper",
      summary: "The built-in paper exchange: pretended money, kept here, against the desk's own prices.",
      modes: ["paper"],
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
      capabilities: PAPER_CAPABILITIES,
    },
    create: ({ connectionId, credentials }, { deps, paper }) =>
      new PaperClient(
        {
          mode: "paper",
          accountId: `PAPER-${connectionId.slice(-8).toUpperCase()}`,
          startingCash: money(credentials["startingCash"] || DEFAULT_STARTING_CASH),
          openFeed: sharedFeed(paper.feed),
          capabilities: paperCapabilities(paper.feed.description),
          store: paper.openStore(connectionId),
          seed: paper.seed?.(connectionId) ?? 1,
          ...policyOf(connectionId, paper),
        },
        deps,
      ),
  },
  {
    description: {
      key: "alpaca",
      name: "Alpaca",
      summary: "US stocks over Alpaca's API: its paper environment, or a mock with invented money in memory.",
      // Live is built and can be armed, and is not offered: it has never met the broker itself.
      modes: ["mock", "paper"],
      credentialFields: ALPACA_CREDENTIAL_FIELDS,
      capabilities: ALPACA_CAPABILITIES,
    },
    create: (request, parts) =>
      request.mode === "mock"
        ? new AlpacaClient(mockConfig(request.connectionId, parts), parts.deps)
        : new AlpacaClient(alpacaPaperConfig(request, parts), parts.deps),
    prove: (request, parts, options) =>
      request.mode === "mock"
        ? Promise.resolve(null)
        : proveAlpaca(alpacaPaperConfig(request, parts), parts.deps, options),
  },
  {
    description: {
      key: "interactive_brokers",
      name: "Interactive Brokers",
      summary: "US stocks over TWS or the IB Gateway: a paper login, or a mock with invented money in memory.",
      // Live is built and can be armed, and is not offered: it has never met the broker itself.
      modes: ["mock", "paper"],
      credentialFields: IB_CREDENTIAL_FIELDS,
      canBeProbed: true,
      capabilities: IB_CAPABILITIES,
    },
    create: (request, parts) =>
      request.mode === "mock"
        ? new InteractiveBrokersClient(mockConfig(request.connectionId, parts), parts.deps)
        : new InteractiveBrokersClient(ibPaperConfig(request, parts), parts.deps),
    prove: (request, parts, options) =>
      request.mode === "mock"
        ? Promise.resolve(null)
        : proveInteractiveBrokers(ibPaperConfig(request, parts), parts.deps, options),
    probe: (request, { deps }, options) => probePlaces(request, deps, options),
  },
];

/** The brokers that can be connected; the one file that knows them by name. */
export function createBrokerRegistry(options: BrokerRegistryOptions): BrokerRegistry {
  const deps = brokerDeps(options.deps);
  const parts = {
    deps,
    paper: options.paper,
    alpacaVenue: options.alpacaVenue,
    alpacaSchedulers: new AlpacaSchedulers(deps),
    interactiveBrokersOrderIds: options.interactiveBrokersOrderIds,
    mockAccount: mockAccounts(deps.random),
  };
  const descriptions = ENTRIES.map(({ description }) => describe(description, options));
  return {
    descriptions: () => descriptions,
    description: (broker) => descriptions.find(({ key }) => key === broker),
    create: (request) => entryFor(request, descriptions).create(request, parts),
    prove: async (request, callOptions = {}) =>
      (await entryFor(request, descriptions).prove?.(request, parts, callOptions)) ?? null,
    probe: async (request, callOptions = {}) =>
      (await ENTRIES.find(({ description }) => description.key === request.broker)?.probe?.(
        request,
        parts,
        callOptions,
      )) ?? null,
  };
}

/** @throws BrokerError for a broker, a mode or credentials that are not to be had here. */
function entryFor({ broker, mode, credentials }: ClientRequest, descriptions: readonly BrokerDescription[]): Entry {
  const entry = ENTRIES.find(({ description }) => description.key === broker);
  const described = descriptions.find(({ key }) => key === broker);
  if (entry === undefined || described === undefined)
    throw new BrokerError("there is no such broker here", BrokerErrorCode.NOT_SUPPORTED, broker);
  const { name, modes, credentialFields } = described;
  if (!modes.includes(mode)) {
    throw new BrokerError(
      `${name} can be connected in ${modes.join(" or ")} mode, not in ${mode} mode`,
      BrokerErrorCode.NOT_SUPPORTED,
      broker,
    );
  }
  const { isValid, errors } = validateBrokerCredentials(fieldsOfMode(credentialFields, mode), credentials);
  if (!isValid) throw new BrokerError(errors.join("; "), BrokerErrorCode.AUTHENTICATION_FAILED, broker);
  return entry;
}

/** What the prices can do, and who stands for whom, is known only now. */
function describe(
  description: BrokerDescription,
  { paper, alpacaVenue, interactiveBrokersOrderIds }: BrokerRegistryOptions,
): BrokerDescription {
  if (description.capabilities === PAPER_CAPABILITIES)
    return { ...description, capabilities: paperCapabilities(paper.feed.description) };
  if (description.capabilities === ALPACA_CAPABILITIES && alpacaVenue?.kind === "simulator")
    return { ...description, simulator: alpacaVenue.trading };
  if (description.capabilities === IB_CAPABILITIES && interactiveBrokersOrderIds === undefined)
    return { ...description, modes: ["mock"] };
  return description;
}

function alpacaPaperConfig(
  { connectionId, credentials }: ClientRequest,
  { alpacaVenue, alpacaSchedulers, paper }: Pick<EntryParts, "alpacaVenue" | "alpacaSchedulers" | "paper">,
): AlpacaPaperConfig {
  return {
    mode: "paper",
    schedulers: alpacaSchedulers,
    ...readAlpacaCredentials(credentials),
    ...(alpacaVenue === undefined ? {} : { venue: alpacaVenue }),
    ...policyOf(connectionId, paper),
  };
}

function ibPaperConfig(
  { connectionId, credentials }: ClientRequest,
  { interactiveBrokersOrderIds, paper }: Pick<EntryParts, "interactiveBrokersOrderIds" | "paper">,
): IBPaperConfig {
  const orderIds = interactiveBrokersOrderIds?.(connectionId);
  if (orderIds === undefined) {
    const message = "Interactive Brokers needs a store of order ids";
    throw new BrokerError(message, BrokerErrorCode.NOT_SUPPORTED, "interactive_brokers");
  }
  return { mode: "paper", ...readIBCredentials(credentials), orderIds, ...policyOf(connectionId, paper) };
}

function mockConfig(
  connectionId: ConnectionId,
  { paper, mockAccount }: Pick<EntryParts, "paper" | "mockAccount">,
): MockConfig {
  return { mode: "mock", feed: paper.feed, account: mockAccount(connectionId), ...policyOf(connectionId, paper) };
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

function policyOf(
  connectionId: ConnectionId,
  { riskPolicy }: BrokerRegistryOptions["paper"],
): { readonly riskPolicy?: () => RiskPolicy } {
  return riskPolicy === undefined ? {} : { riskPolicy: () => riskPolicy(connectionId) };
}
