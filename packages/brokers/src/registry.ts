import { ALPACA_CAPABILITIES } from "./alpaca/AlpacaCapabilities.ts";
import { AlpacaClient } from "./alpaca/AlpacaClient.ts";
import type { BrokerClient } from "./BrokerClient.ts";
import { BrokerError } from "./BrokerError.ts";
import type { BrokerRegistry, ClientRequest } from "./BrokerRegistry.ts";
import { validateBrokerCredentials } from "./credentials/validateBrokerCredentials.ts";
import { brokerDeps, type BrokerDeps } from "./deps.ts";
import type { BrokerDescription } from "./domain/capabilities.ts";
import { money } from "./domain/decimal.ts";
import { BrokerErrorCode } from "./domain/errorCode.ts";
import type { ConnectionId } from "./domain/ids.ts";
import type { Random } from "./domain/Random.ts";
import type { MarketFeed } from "./feeds/MarketFeed.ts";
import { IB_CAPABILITIES } from "./interactive-brokers/IBCapabilities.ts";
import { InteractiveBrokersClient } from "./interactive-brokers/IBClient.ts";
import { createMockAccount } from "./mock/createMockAccount.ts";
import type { MockAccount, MockConfig } from "./mock/MockConfig.ts";
import { PaperClient } from "./paper/PaperClient.ts";
import { LARGEST_STARTING_CASH, PAPER_CAPABILITIES, sharedFeed, type RiskPolicy } from "./paper/PaperConfig.ts";
import type { PaperStore } from "./paper/PaperStore.ts";

export interface BrokerRegistryOptions {
  readonly deps?: Partial<BrokerDeps>;
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
}

interface EntryParts {
  readonly deps: BrokerDeps;
  readonly paper: BrokerRegistryOptions["paper"];
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
      summary: "US stocks over Alpaca's API. In this version a mock: invented money in memory, gone at the next start.",
      modes: ["mock"],
      credentialFields: [],
      capabilities: ALPACA_CAPABILITIES,
    },
    create: ({ connectionId }, { deps, ...parts }) => new AlpacaClient(mockConfig(connectionId, parts), deps),
  },
  {
    description: {
      key: "interactive_brokers",
      name: "Interactive Brokers",
      summary:
        "US stocks over TWS or the IB Gateway. In this version a mock: invented money in memory, gone at the next start.",
      modes: ["mock"],
      credentialFields: [],
      capabilities: IB_CAPABILITIES,
    },
    create: ({ connectionId }, { deps, ...parts }) =>
      new InteractiveBrokersClient(mockConfig(connectionId, parts), deps),
  },
];

/** The brokers that can be connected; the one file that knows them by name. */
export function createBrokerRegistry(options: BrokerRegistryOptions): BrokerRegistry {
  const deps = brokerDeps(options.deps);
  const parts = { deps, paper: options.paper, mockAccount: mockAccounts(deps.random) };
  const descriptions = ENTRIES.map(({ description }) => description);
  return {
    descriptions: () => descriptions,
    description: (broker) => descriptions.find(({ key }) => key === broker),
    create(request) {
      const { broker, mode, credentials } = request;
      const entry = ENTRIES.find(({ description }) => description.key === broker);
      if (entry === undefined)
        throw new BrokerError("there is no such broker here", BrokerErrorCode.NOT_SUPPORTED, broker);
      const { name, modes, credentialFields } = entry.description;
      if (!modes.includes(mode)) {
        throw new BrokerError(
          `${name} can be connected in ${modes.join(" or ")} mode, not in ${mode} mode`,
          BrokerErrorCode.NOT_SUPPORTED,
          broker,
        );
      }
      const { isValid, errors } = validateBrokerCredentials(credentialFields, credentials);
      if (!isValid) throw new BrokerError(errors.join("; "), BrokerErrorCode.AUTHENTICATION_FAILED, broker);
      return entry.create(request, parts);
    },
  };
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
